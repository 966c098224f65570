package io.spikelet.host.quantise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.model.Encoder;
import io.spikelet.model.Readout;
import io.spikelet.model.WeightKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BiasCorrectionTest {
    private static final int INPUTS = 20;
    private static final int ROWS = 6;

    private static Graph graph(float[] weight) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        nodes.put("input", new Node.Input(new int[] {INPUTS}));
        nodes.put("fc", new Node.Affine(Tensor.of(weight, ROWS, INPUTS), Tensor.of(new float[ROWS], ROWS)));
        nodes.put("output", new Node.Output(new int[] {ROWS}));
        return new Graph(
                "linear", nodes, List.of(new Graph.Edge("input", "fc"), new Graph.Edge("fc", "output")), List.of(), "");
    }

    @Test
    void shouldMakeTheMeanOfEveryRowRight() throws Exception {
        Random random = new Random(3);
        float[] weight = new float[ROWS * INPUTS];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = (float) random.nextGaussian();
        }
        InputMoments met = new InputMoments(1, INPUTS);
        float[][] samples = new float[50][INPUTS];
        for (float[] sample : samples) {
            for (int i = 0; i < INPUTS; i++) {
                sample[i] = random.nextFloat() * (i % 5 == 0 ? 3 : 1);
            }
            met.add(0, sample);
            met.addInputs(0, sample);
        }
        QuantiseOptions options = QuantiseOptions.of(
                        "linear",
                        new InferenceSettings(
                                Profile.SNNTORCH,
                                1e-4,
                                1,
                                Encoder.DIRECT,
                                new Readout(Readout.Kind.POTENTIAL, ROWS, 1, Readout.Exit.NEVER)),
                        1)
                .withWeights(WeightRule.AUTO.as(WeightKind.INT4).withBiasCorrection());
        Node.Affine exact = (Node.Affine) graph(weight).node("fc");
        Node.Affine corrected = (Node.Affine)
                BiasCorrection.of(graph(weight), options, Map.of("fc", met)).node("fc");
        assertArrayEquals(exact.weight().values(), corrected.weight().values());
        QuantisedWeights codes =
                QuantisedWeights.of(weight, ROWS, options.weights().of("fc"), new KernelRounding(1));
        double before = 0;
        for (int o = 0; o < ROWS; o++) {
            double uncorrected = 0;
            for (float[] sample : samples) {
                for (int i = 0; i < INPUTS; i++) {
                    double rounded = codes.scale()[o] * (double) codes.values()[o * INPUTS + i];
                    uncorrected += (rounded - weight[o * INPUTS + i]) * sample[i] / samples.length;
                }
            }
            double error = uncorrected + corrected.bias().values()[o];
            before = Math.max(before, Math.abs(uncorrected));
            assertEquals(0, error, 1e-5, "row " + o);
        }
        assertTrue(before > 0.05, "rounding moved the means by no more than " + before);
    }
}
