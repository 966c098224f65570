package io.spikelet.host.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.quantise.QuantiseException;
import io.spikelet.host.quantise.QuantiseOptions;
import io.spikelet.host.quantise.Quantiser;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.model.Encoder;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One layer file of soft resets, run in any number of steps (arXiv 2211.05453). */
class StepsTest {
    private static final int INPUTS = 24;
    private static final int HIDDEN = 40;
    private static final int CLASSES = 10;

    @TempDir
    private Path folder;

    private Graph graph(String begin) throws Exception {
        Random random = new Random(4);
        String neuron = "\"kind\":\"neuron\",\"a0\":1,\"a1\":1,\"b1\":-1,\"threshold\":1," + begin;
        return new WrittenLayers(folder)
                .tensor("w1", "[40,24]", values(random, HIDDEN * INPUTS, 0.4))
                .tensor("b1", "[40]", values(random, HIDDEN, 0.2))
                .tensor("w2", "[40,40]", values(random, HIDDEN * HIDDEN, 0.4))
                .tensor("w3", "[10,40]", values(random, CLASSES * HIDDEN, 0.4))
                .read(
                        "[24]",
                        "head",
                        "{\"name\":\"dense1\",\"kind\":\"affine\",\"weight\":\"w1\",\"bias\":\"b1\"}",
                        "{\"name\":\"if1\"," + neuron + "}",
                        "{\"name\":\"dense2\",\"kind\":\"affine\",\"weight\":\"w2\"}",
                        "{\"name\":\"if2\"," + neuron + "}",
                        "{\"name\":\"head\",\"kind\":\"affine\",\"weight\":\"w3\"}");
    }

    private static float[] values(Random random, int count, double deviation) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }

    private static SpikingNetwork network(Graph graph, int steps) throws QuantiseException {
        Readout readout = new Readout(Readout.Kind.POTENTIAL, CLASSES, 1, Readout.Exit.NEVER);
        return Quantiser.convert(
                graph,
                QuantiseOptions.of(
                        "steps", new InferenceSettings(Profile.NORSE, 1, steps, Encoder.DIRECT, readout), 255));
    }

    /** (neuron layers) the values of one step of one sample. */
    private static List<int[]> values(SpikingNetwork network, byte[] sample, int step) throws Exception {
        Classifier classifier = Classifier.load(network);
        Inference inference = Inference.forNetwork(network);
        classifier.begin(sample, 0, inference);
        for (int t = 0; t <= step; t++) {
            classifier.advance(sample, 0, t, inference);
        }
        List<int[]> values = new ArrayList<>();
        for (int i = 0; i < network.layers().size(); i++) {
            if (network.layers().get(i).operation() instanceof Operation.Neuron neuron
                    && neuron.output() == Operation.Neuron.Output.SPIKE) {
                values.add(classifier.engine().values(i).clone());
            }
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8})
    void shouldFireInTheFirstOfManyStepsAsInTheOnlyOne(int steps) throws Exception {
        for (String begin : List.of("\"initial\":0", "\"initial\":0.5,\"noise\":{\"mean\":0.5,\"std\":0.289}")) {
            SpikingNetwork one = network(graph(begin), 1);
            SpikingNetwork many = network(graph(begin), steps);
            Random random = new Random(9);
            int fired = 0;
            for (int k = 0; k < 200; k++) {
                byte[] sample = new byte[INPUTS];
                random.nextBytes(sample);
                List<int[]> once = values(one, sample, 0);
                List<int[]> first = values(many, sample, 0);
                assertEquals(2, once.size());
                for (int layer = 0; layer < 2; layer++) {
                    assertArrayEquals(once.get(layer), first.get(layer), begin + ", sample " + k);
                    fired += java.util.Arrays.stream(once.get(layer)).sum();
                }
            }
            assertTrue(fired > 1000, "spikes: " + fired);
        }
    }

    @Test
    void shouldHaveTheSameWeightsAndThresholdsForAnyNumberOfSteps() throws Exception {
        Graph graph = graph("\"initial\":0.5");
        SpikingNetwork one = network(graph, 1);
        for (int steps : new int[] {2, 4, 8}) {
            SpikingNetwork many = network(graph, steps);
            for (int i = 0; i < one.layers().size(); i++) {
                Layer here = one.layers().get(i);
                Layer there = many.layers().get(i);
                if (here.operation() instanceof Operation.Dense dense) {
                    assertArrayEquals(dense.weights(), ((Operation.Dense) there.operation()).weights());
                } else if (here.operation() instanceof Operation.Neuron neuron
                        && neuron.output() == Operation.Neuron.Output.SPIKE) {
                    Operation.Neuron other = (Operation.Neuron) there.operation();
                    assertEquals(1, threshold(neuron), 2e-5);
                    assertEquals(1, threshold(other), 2e-5);
                    assertEquals(steps, other.drives().getFirst().steps(), "the first step's bias is its own");
                }
            }
        }
    }

    private static double threshold(Operation.Neuron neuron) {
        return (double) neuron.threshold()[0] * neuron.membraneUnit()[0];
    }

    @Test
    void shouldRefuseAMembraneThatBeginsBeyondWhatABoardHolds() throws Exception {
        Graph graph = graph("\"initial\":1e20");
        assertThrows(QuantiseException.class, () -> network(graph, 4));
    }
}
