package io.spikelet.hal.tinyodin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.coprocessor.Plan;
import io.spikelet.hal.coprocessor.SynapseLayer;
import io.spikelet.hal.coprocessor.SynapseLayer.Neurons;
import io.spikelet.hal.sim.SimTinyOdin;
import io.spikelet.hal.sim.TinyOdinChip;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerFitTest {
    private static final int ANY = Integer.MAX_VALUE;

    private static int[] filled(int length, int value) {
        int[] values = new int[length];
        Arrays.fill(values, value);
        return values;
    }

    private static SynapseLayer layer(int inputs, int outputs, int weight, int mostInput, Neurons neurons) {
        byte[] weights = new byte[inputs * outputs];
        weights[weights.length - 1] = (byte) weight;
        return new SynapseLayer("layer", inputs, outputs, weights, mostInput, Optional.ofNullable(neurons));
    }

    private static Plan plan(SynapseLayer layer, Firing firing) {
        SimTinyOdin port = new SimTinyOdin(new TinyOdinChip(1));
        return new TinyOdin("chip", port, port, firing).plan(layer);
    }

    @ParameterizedTest
    @CsvSource({
        "257, 3, 1, 1, 5, 1, 257 inputs",
        "3, 257, 1, 1, 5, 1, 257 outputs",
        "3, 3, 8, 1, 5, 1, weight 8 from input 2 to output 2",
        "3, 3, -9, 1, 5, 1, weight -9 from input 2 to output 2",
        "3, 3, 1, 2, 5, 1, inputs up to 2",
        "3, 3, 1, 1, 2048, 1, threshold 2048 of output 0",
        "3, 3, 1, 1, -1, 1, threshold -1 of output 0",
        "3, 3, 1, 1, 5, 128, leak 128 of output 0",
        "3, 3, 1, 1, 5, -1, leak -1 of output 0"
    })
    void shouldSayWhyALayerDoesNotFit(
            int inputs, int outputs, int weight, int mostInput, int threshold, int leak, String reason) {
        Neurons neurons = new Neurons(filled(outputs, threshold), filled(outputs, leak), -2048, 2047);
        for (Firing firing : Firing.values()) {
            Plan plan = plan(layer(inputs, outputs, weight, mostInput, neurons), firing);
            assertEquals(1, plan.refusals().size(), plan.refusals().toString());
            assertTrue(
                    plan.refusals().getFirst().contains(reason), plan.refusals().getFirst());
        }
    }

    @Test
    void shouldTakeTheLargestAndTheSmallest() {
        Neurons most = new Neurons(filled(256, 2047), filled(256, 127), -2048, 2047);
        assertEquals(
                List.of(),
                plan(layer(256, 256, -8, 1, most), Firing.ONCE_A_STEP).refusals());
        assertEquals(
                List.of(),
                plan(layer(1, 1, 7, 1, new Neurons(new int[1], new int[1])), Firing.ONCE_A_STEP)
                        .refusals());
    }

    @Test
    void shouldNameEveryReasonAtOnce() {
        assertEquals(
                4,
                plan(layer(300, 300, 100, 3, new Neurons(filled(300, 1), filled(300, 1))), Firing.ONCE_A_STEP)
                        .refusals()
                        .size());
        assertTrue(plan(layer(2, 2, 1, 1, null), Firing.ONCE_A_STEP)
                .refusals()
                .getFirst()
                .contains("no neurons"));
        assertTrue(plan(layer(2, 2, 1, 1, new Neurons(new int[1], new int[2])), Firing.ONCE_A_STEP)
                .refusals()
                .getFirst()
                .contains("1 thresholds and 2 leaks"));
    }

    /** One synapse of the weight, threshold and leak; least and most of the layer's own membranes. */
    @ParameterizedTest
    @CsvSource({
        "7, 2041, 0, -2147483648, 2147483647, true",
        "7, 2042, 0, -2147483648, 2147483647, false",
        "-8, 5, 8, -2147483648, 2147483647, true",
        "-8, 5, 7, -2147483648, 2147483647, false",
        "-8, 5, 7, -2048, 2047, true",
        "7, 2042, 0, -2048, 2047, true",
        "-8, 5, 8, -8, 2047, true",
        "-8, 5, 8, -7, 2047, false",
        "7, 5, 0, -2048, 11, true",
        "7, 5, 0, -2048, 10, false"
    })
    void shouldTakeALayerWhoseMembranesStopElsewhereOnlyIfTheyCannotGetThere(
            int weight, int threshold, int leak, int least, int most, boolean fits) {
        Neurons neurons = new Neurons(new int[] {threshold}, new int[] {leak}, least, most);
        assertEquals(
                fits, plan(layer(1, 1, weight, 1, neurons), Firing.ONCE_A_STEP).fits());
    }

    /** Whether both come in is not known beforehand: what one takes away does not make room for the other. */
    @Test
    void shouldNotCountOnInhibitionToHoldAMembraneDown() {
        Neurons neurons = new Neurons(new int[] {2042}, new int[] {8});
        SynapseLayer layer = new SynapseLayer("both", 2, 1, new byte[] {7, -8}, 1, Optional.of(neurons));
        assertEquals(1, plan(layer, Firing.ONCE_A_STEP).refusals().size());
    }

    @Test
    void shouldNeitherProgramNorModelWhatItRefused() {
        SimTinyOdin port = new SimTinyOdin(new TinyOdinChip(1));
        TinyOdin chip = new TinyOdin("chip", port, port, Firing.ONCE_A_STEP);
        SynapseLayer layer = layer(3, 300, 1, 1, new Neurons(filled(300, 1), filled(300, 1), -ANY, ANY));
        assertThrows(IllegalArgumentException.class, () -> chip.program(chip.plan(layer)));
        assertThrows(IllegalArgumentException.class, () -> new ChipRule(layer, Firing.ONCE_A_STEP));
    }

    @Test
    void shouldFireMoreThanOnceAStepOnlyWhereAsked() throws Exception {
        SynapseLayer layer = new SynapseLayer(
                "twice",
                4,
                1,
                new byte[] {3, 3, 3, 3},
                1,
                Optional.of(new Neurons(new int[] {5}, new int[] {1}, -2048, 2047)));
        int[] all = {1, 1, 1, 1};
        int[] output = new int[1];
        for (Firing firing : Firing.values()) {
            SimTinyOdin port = new SimTinyOdin(new TinyOdinChip(1));
            TinyOdin chip = new TinyOdin("chip", port, port, firing);
            chip.program(chip.plan(layer));
            chip.step(all, output);
            assertArrayEquals(new int[] {firing == Firing.ONCE_A_STEP ? 1 : 2}, output);
        }
    }
}
