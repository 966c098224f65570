package io.spikelet.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.model.SpikingNetwork;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds every plain kernel to values that NumPy made from the equations (bench-rigs/golden). */
class GoldenKernelTest {

    @Test
    void shouldGiveTheAccumulatorsOfEveryKindOfWeightAndSource() {
        assertGolden("linear");
    }

    @Test
    void shouldGiveTheSpikesAndMembranesOfEveryKindOfNeuron() {
        assertGolden("neurons");
    }

    @Test
    void shouldGiveThePoolsOfEveryKindOfValue() {
        assertGolden("pools");
    }

    @Test
    void shouldGiveTheJoinsStreamsDelaysAndGates() {
        assertGolden("joins");
    }

    private static void assertGolden(String file) {
        List<GoldenCase> cases = GoldenCase.read(file);
        assertTrue(cases.size() > 20, "few cases: " + cases.size());
        for (GoldenCase golden : cases) {
            SpikingNetwork network = GoldenOperations.network(golden);
            Activity[] activities =
                    network.layers().stream().map(ReferenceKernels::activity).toArray(Activity[]::new);
            int made = activities.length - 1;
            Kernel kernel = new ReferenceKernels(network, activities).kernel(made);
            int[][] sources = new int[made][];
            for (int k = 0; k < made; k++) {
                sources[k] = golden.ints("source" + k);
            }
            // Twice, so that a kernel that does not forget is found.
            for (int sample = 0; sample < 2; sample++) {
                kernel.reset();
                run(golden, kernel, activities, sources);
            }
        }
    }

    private static void run(GoldenCase golden, Kernel kernel, Activity[] activities, int[][] sources) {
        Activity out = activities[activities.length - 1];
        int size = out.value.length;
        int[] expected = golden.ints("out");
        int[] membrane = golden.has("membrane") ? golden.ints("membrane") : null;
        int[] operations = golden.has("operations") ? golden.ints("operations") : new int[expected.length / size];
        for (int t = 0; t < expected.length / size; t++) {
            for (int k = 0; k < sources.length; k++) {
                int length = activities[k].value.length;
                System.arraycopy(sources[k], t * length, activities[k].value, 0, length);
                activities[k].index();
            }
            kernel.step(t);
            String where = golden + " step " + t;
            assertArrayEquals(Arrays.copyOfRange(expected, t * size, (t + 1) * size), out.value, where);
            if (membrane != null) {
                int[] found = ((NeuronKernel) kernel).membrane();
                assertArrayEquals(Arrays.copyOfRange(membrane, t * size, (t + 1) * size), found, where);
            }
            assertEquals(operations[t], kernel.operations(), where);
            if (!golden.has("weights")) {
                assertIndexed(out, where);
            }
        }
    }

    private static void assertIndexed(Activity activity, String where) {
        int[] listed = Arrays.copyOf(activity.active, activity.activeCount);
        int[] happened = java.util.stream.IntStream.range(0, activity.value.length)
                .filter(i -> activity.value[i] != activity.silence)
                .toArray();
        assertArrayEquals(happened, listed, "active values of " + where);
    }
}
