package io.spikelet.host.quantise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.host.report.SpikeAgreement;
import io.spikelet.host.report.SpikeComparison;
import io.spikelet.model.Encoder;
import io.spikelet.model.Operation;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where float32 computes without rounding, integers must give the very same spikes. */
class ExactSpikesTest {
    private static final int STEPS = 6;

    @Test
    void shouldFollowOneNeuronComputedByHand() throws Exception {
        // v ← v/2 + x with x = 3/4: 0.75, 1.125 (fires), 0.75, 1.125 (fires).
        Graph graph = ChainBuilder.from(1)
                .then("dense", ChainBuilder.affine(1, 0.75f))
                .then("lif", ChainBuilder.lif())
                .to(1);

        SpikingNetwork network = Quantiser.convert(graph, options(Profile.SNNTORCH, Encoder.DIRECT, 1, 4));

        assertArrayEquals(new int[] {0, 1, 0, 1}, spikes(network, new byte[] {16}));
    }

    @Test
    void shouldNotFireWhenTheMembraneOnlyReachesTheThreshold() throws Exception {
        // v ← v + x with x = 1/2 and threshold 1: 0.5, 1.0 (a tie), 1.5 (fires), 0.5.
        Graph graph = ChainBuilder.from(1)
                .then("dense", ChainBuilder.affine(1, 0.5f))
                .then(
                        "if",
                        new io.spikelet.host.graph.Node.If(
                                io.spikelet.host.graph.Tensor.scalar(1),
                                io.spikelet.host.graph.Tensor.scalar(1),
                                io.spikelet.host.graph.Tensor.scalar(0)))
                .to(1);

        SpikingNetwork network = Quantiser.convert(graph, options(Profile.NORSE, Encoder.DIRECT, 1, 4));

        assertArrayEquals(new int[] {0, 0, 1, 0}, spikes(network, new byte[] {16}));
    }

    @ParameterizedTest
    @MethodSource("io.spikelet.host.quantise.ExactGraphs#profiles")
    void shouldGiveEverySpikeOfRandomGraphsOfPlanes(Profile profile) throws Exception {
        for (long seed = 0; seed < 30; seed++) {
            ExactGraphs graphs = new ExactGraphs(seed);
            assertSameSpikes(graphs, graphs.planes(), new int[] {2, 6, 6}, profile, Encoder.DIRECT, seed);
        }
    }

    @ParameterizedTest
    @MethodSource("io.spikelet.host.quantise.ExactGraphs#profiles")
    void shouldGiveEverySpikeOfRandomGraphsOfVectors(Profile profile) throws Exception {
        for (long seed = 0; seed < 60; seed++) {
            ExactGraphs graphs = new ExactGraphs(seed);
            assertSameSpikes(graphs, graphs.vector(), new int[] {STEPS, 10}, profile, Encoder.FRAMES, seed);
        }
    }

    private static void assertSameSpikes(
            ExactGraphs graphs, Graph graph, int[] shape, Profile profile, Encoder encoder, long seed)
            throws Exception {
        QuantiseOptions options = options(profile, encoder, ExactGraphs.CLASSES, STEPS);
        SpikingNetwork network = Quantiser.convert(graph, options);
        int count = 12;
        byte[] samples = graphs.sample(count * java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b));
        SampleSet set =
                SampleSet.of("random", ExactGraphs.CLASSES, ExactGraphs.FULL_SCALE, shape, samples, new byte[count]);
        SpikeComparison comparison = SpikeComparison.run(graph, options.inference(), network, set, Progress.SILENT);
        long spikes = 0;
        for (SpikeAgreement layer : comparison.layers()) {
            spikes += layer.bothSpikes();
            assertTrue(layer.first().isEmpty(), () -> "seed " + seed + ", " + layer + " of " + graph.nodes());
        }
        assertTrue(spikes > 0, "seed " + seed + " fires");
        assertEquals(comparison.floating().accuracy(), comparison.integer().accuracy());
    }

    private static QuantiseOptions options(Profile profile, Encoder encoder, int classes, int steps) {
        InferenceSettings settings = new InferenceSettings(profile, 1, steps, encoder, new Readout(classes, 1));
        return QuantiseOptions.of("exact", settings, ExactGraphs.FULL_SCALE);
    }

    private static int[] spikes(SpikingNetwork network, byte[] sample) throws Exception {
        Classifier classifier = Classifier.load(network);
        Inference inference = Inference.forNetwork(network);
        classifier.begin(sample, 0, inference);
        int[] spikes = new int[network.timeSteps()];
        int output = network.layers().size() - 1;
        assertTrue(network.output().operation() instanceof Operation.Neuron);
        for (int t = 0; t < spikes.length; t++) {
            classifier.advance(sample, 0, t, inference);
            spikes[t] = classifier.engine().values(output)[0];
        }
        return spikes;
    }
}
