package io.spikelet.host.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.graph.TrainingNoise;
import io.spikelet.model.Encoder;
import io.spikelet.model.Operation.Comparison;
import io.spikelet.model.Readout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResidualMeterTest {
    /** Drives of 1/255 to 254/255 thresholds, one a neuron. */
    private static final int NEURONS = 254;

    private static final float THRESHOLD = 2;

    private static Graph graph(Node neuron) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        nodes.put("input", new Node.Input(new int[] {NEURONS}));
        nodes.put("scale", new Node.Scale(Tensor.scalar(THRESHOLD)));
        nodes.put("neuron", neuron);
        nodes.put("output", new Node.Output(new int[] {NEURONS}));
        return new Graph(
                "driven",
                nodes,
                List.of(
                        new Graph.Edge("input", "scale"),
                        new Graph.Edge("scale", "neuron"),
                        new Graph.Edge("neuron", "output")),
                List.of(),
                "");
    }

    private static Node integrator() {
        return new Node.If(Tensor.scalar(1), Tensor.scalar(THRESHOLD), Tensor.scalar(0));
    }

    private static Node.TwoBranch twoBranch(float a1, float b1, TrainingNoise noise) {
        return new Node.TwoBranch(
                Tensor.of(new float[] {1}, 1),
                Tensor.of(new float[1], 1),
                Tensor.of(new float[] {a1}, 1),
                Tensor.of(new float[] {b1}, 1),
                Tensor.of(new float[] {1}, 1, 1),
                Tensor.of(new float[1], 1, 1),
                Tensor.of(new float[] {THRESHOLD}, 1, 1),
                Comparison.STRICTLY_ABOVE,
                Tensor.of(new float[1], 1),
                noise,
                null);
    }

    private static List<Residual> measured(Node neuron, Profile profile, int steps) {
        byte[] drives = new byte[NEURONS];
        for (int n = 0; n < NEURONS; n++) {
            drives[n] = (byte) (n + 1);
        }
        SampleSet samples = SampleSet.of("drives", NEURONS, 255, new int[] {NEURONS}, drives, new byte[1]);
        InferenceSettings settings = new InferenceSettings(profile, 1, steps, Encoder.DIRECT, new Readout(NEURONS, 1));
        return ResidualMeter.measure(graph(neuron), settings, samples, Progress.SILENT);
    }

    /** A uniform distribution has mean 1/2 and deviation 1/√12; what a steady drive leaves goes evenly round. */
    @Test
    void shouldFindWhatDrivesOfLessThanAThresholdLeaveSpreadEvenly() {
        for (Node neuron : List.of(integrator(), twoBranch(1, -THRESHOLD, null))) {
            Residual residual = measured(neuron, Profile.SUBTRACT, 256).getFirst();
            assertEquals(0.5, residual.all().mean(), 0.005);
            assertEquals(1 / Math.sqrt(12), residual.all().deviation(), 0.005);
            assertEquals(NEURONS * 255L, residual.all().count());
            assertEquals(1, residual.withinShare(), 0.01);
        }
    }

    @Test
    void shouldSayTheNoiseThatTheModelWasTrainedWithBesideWhatItMeasured() {
        TrainingNoise noise = new TrainingNoise(0.5f, 0.25f);
        Residual residual =
                measured(twoBranch(1, -THRESHOLD, noise), Profile.SUBTRACT, 4).getFirst();
        assertEquals(noise, residual.noise().orElseThrow());
        assertTrue(
                measured(integrator(), Profile.SUBTRACT, 4).getFirst().noise().isEmpty());
    }

    @Test
    void shouldRefuseWhatLeavesNothing() {
        assertRefused("one step leaves nothing", () -> measured(integrator(), Profile.SUBTRACT, 1));
        assertRefused("no neurons that keep what is above", () -> measured(integrator(), Profile.NORSE, 4));
        assertRefused("no neurons that keep what is above", () -> measured(twoBranch(0, 0, null), Profile.NORSE, 4));
        assertRefused("fire several times a step", () -> measured(integrator(), Profile.SINABS, 4));
    }

    private static void assertRefused(String part, Runnable measuring) {
        String message =
                assertThrows(IllegalArgumentException.class, measuring::run).getMessage();
        assertTrue(message.contains(part), message);
    }
}
