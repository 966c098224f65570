package io.spikelet.host.quantise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.report.DivergenceCause;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.host.report.MembraneNoise;
import io.spikelet.host.report.SpikeAgreement;
import io.spikelet.host.report.SpikeComparison;
import io.spikelet.model.Encoder;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.WeightKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Networks in which one rounding alone makes a spike, and why is known: weights of 1 are exact, 0.3 is 38/127 = 0.29921 and
 * 0.306 is 39/127 = 0.30709.
 */
class DivergenceTest {
    private static InferenceSettings settings(int steps) {
        return new InferenceSettings(Profile.NORSE, 1, steps, Encoder.DIRECT, new Readout(1, 1));
    }

    /** Reads two inputs of which the second, 0.3 or its like, is 1. */
    private static Graph weighted(float weight, float threshold) {
        return ChainBuilder.from(2)
                .then("fc", ChainBuilder.affine(1, 1, weight))
                .then("fires", new Node.Threshold(Tensor.scalar(threshold)))
                .to(1);
    }

    private static SpikeComparison compare(Graph graph, int steps, UnaryOperator<SpikingNetwork> change)
            throws Exception {
        SpikingNetwork network = Quantiser.convert(
                graph, QuantiseOptions.of("small", settings(steps), 1).withWeights(WeightKind.INT8));
        int inputs = network.input().shape().size();
        byte[] sample = new byte[inputs];
        sample[inputs - 1] = 1;
        SampleSet samples = SampleSet.of("one", 1, 1, new int[] {inputs}, sample, new byte[1]);
        return SpikeComparison.run(graph, settings(steps), change.apply(network), samples, Progress.SILENT);
    }

    private static SpikeAgreement.Divergence first(SpikeComparison comparison, String layer) {
        return comparison.layers().stream()
                .filter(one -> one.layer().equals(layer))
                .findFirst()
                .orElseThrow()
                .first()
                .orElseThrow();
    }

    private static void assertCause(DivergenceCause.Kind kind, SpikeAgreement.Divergence divergence) {
        assertEquals(new DivergenceCause(kind, ""), divergence.cause(), divergence::sentence);
    }

    @Test
    void shouldBlameWeightsThatRoundAwayFromTheThreshold() throws Exception {
        SpikeAgreement.Divergence divergence = first(compare(weighted(0.3f, 0.2995f), 1, same -> same), "fires");

        assertCause(DivergenceCause.Kind.WEIGHTS, divergence);
        assertTrue(divergence.floatFired());
        assertEquals(0.3f, divergence.floatMembrane());
        assertEquals(0.2995f, divergence.floatThreshold());
        assertEquals(38.0 / 127, divergence.integerMembrane(), 1e-6);
        assertEquals(0.2995, divergence.integerThreshold(), 1e-6);
        assertEquals(
                "sample 0, step 0, neuron 0: float fired; float stood at 0.300000 of 0.299500, integers at 0.299213 of"
                        + " 0.299500: rounding of the weights",
                divergence.sentence());
    }

    @Test
    void shouldCallItATieWhereFloatStandsAtItsThreshold() throws Exception {
        SpikeAgreement.Divergence divergence = first(compare(weighted(0.306f, 0.306f), 1, same -> same), "fires");

        assertCause(DivergenceCause.Kind.TIE, divergence);
        assertFalse(divergence.floatFired());
    }

    @Test
    void shouldNameTheLayerWhereSpikesHadDivergedBefore() throws Exception {
        Graph graph = ChainBuilder.from(2)
                .then("fc", ChainBuilder.affine(1, 1, 0.3f))
                .then("first", new Node.Threshold(Tensor.scalar(0.2995f)))
                .then("pass", ChainBuilder.affine(1, 1))
                .then("second", new Node.Threshold(Tensor.scalar(0.5f)))
                .to(1);
        SpikeComparison comparison = compare(graph, 1, same -> same);

        assertCause(DivergenceCause.Kind.WEIGHTS, first(comparison, "first"));
        assertEquals(
                new DivergenceCause(DivergenceCause.Kind.INPUT, "first"),
                first(comparison, "second").cause());
        // Of its own the second layer adds nothing; with the first before it all of its signal is noise: 1 against 0.
        MembraneNoise noise = comparison.noise().get("second");
        assertEquals(new MembraneNoise.Ratio(0, 0, 1), noise.own());
        assertEquals(new MembraneNoise.Ratio(1, 1, 1), noise.whole());
        assertEquals(0, noise.whole().decibels());
        assertEquals("silent", noise.own().text());
    }

    /** Other spikes came in, but float would not have fired on those either: the layer's own weights are to blame. */
    @Test
    void shouldBlameWeightsWhereOtherInputDidNotMatter() throws Exception {
        Graph graph = ChainBuilder.from(2)
                .then("fc", new Node.Affine(Tensor.of(new float[] {1, 0.3f, 1, 1}, 2, 2), null))
                .then("first", new Node.Threshold(Tensor.of(new float[] {0.2995f, 0.5f}, 2)))
                .then("pass", new Node.Affine(Tensor.of(new float[] {0.0001f, 0.3f, 0, 1}, 2, 2), null))
                .then("second", new Node.Threshold(Tensor.of(new float[] {0.2995f, 0.5f}, 2)))
                .then("end", ChainBuilder.affine(1, 1, 1))
                .then("third", new Node.Threshold(Tensor.scalar(0.5f)))
                .to(1);
        SpikeComparison comparison = compare(graph, 1, same -> same);

        assertCause(DivergenceCause.Kind.WEIGHTS, first(comparison, "first"));
        assertEquals(2, comparison.layers().get(1).floatSpikes());
        // 0.3 is exactly the row's largest, so it is exact and nothing differs behind it.
        assertTrue(comparison.layers().get(1).first().isEmpty());
    }

    /**
     * τ = 10,000 steps: a decay of 0.9999 becomes 32765/32768 = 0.999908. After 100 steps of 1 float stands at (1 −
     * 0.9999^100)/0.0001 = 99.507 and integers at 99.548.
     */
    @Test
    void shouldBlameALeakThatFifteenBitsCannotSay() throws Exception {
        Node lif = new Node.Lif(
                Tensor.scalar(10_000),
                Tensor.scalar(10_000),
                Tensor.scalar(0),
                Tensor.scalar(99.53f),
                Tensor.scalar(0));
        Graph graph = ChainBuilder.from(2)
                .then("fc", ChainBuilder.affine(1, 1, 1))
                .then("lif", lif)
                .to(1);
        SpikeAgreement.Divergence divergence = first(compare(graph, 100, same -> same), "lif");

        assertCause(DivergenceCause.Kind.LEAK, divergence);
        assertEquals(99, divergence.step());
        assertEquals(99.507, divergence.floatMembrane(), 0.001);
        // Less what a hundred roundings to membrane LSBs of 99.53/2^20 take.
        assertEquals(99.548, divergence.integerMembrane(), 100 * 99.53 / (1 << 20));
    }

    /** The quantiser's thresholds round so that they never decide; one that is put a tenth lower does. */
    @Test
    void shouldBlameAThresholdThatIsNotFloats() throws Exception {
        SpikeComparison comparison = compare(
                weighted(1, 1.05f),
                1,
                network -> withNeuron(
                        network,
                        neuron -> neuron.withThreshold(
                                1, new int[] {neuron.threshold()[0] - neuron.threshold()[0] / 10})));

        assertCause(DivergenceCause.Kind.THRESHOLD, first(comparison, "fires"));
    }

    /**
     * One membrane LSB as large as one of a weight: 127, then ⌊63.5⌋ + 127 = 190 of 190 where float has 1.5 of 1.498, and
     * 1.5 would do for the rounded threshold of 190/127 = 1.496 as well.
     */
    @Test
    void shouldBlameAMembraneOfTooFewBits() throws Exception {
        Graph graph = ChainBuilder.from(2)
                .then("fc", ChainBuilder.affine(1, 1, 1))
                .then("lif", ChainBuilder.lif(1.498f))
                .to(1);
        SpikeComparison comparison = compare(
                graph,
                2,
                network -> withNeuron(
                        network,
                        neuron -> new Operation.Neuron(
                                neuron.comparison(),
                                neuron.synapticLeak(),
                                neuron.a0(),
                                neuron.b0(),
                                neuron.a1(),
                                neuron.b1(),
                                new int[] {190},
                                List.of(new Operation.Drive(new int[] {1}, new int[1], true)),
                                new float[] {1f / 127},
                                neuron.membraneMaximum())));

        SpikeAgreement.Divergence divergence = first(comparison, "lif");
        assertCause(DivergenceCause.Kind.MEMBRANE, divergence);
        assertEquals(1, divergence.step());
        assertEquals(1.5f, divergence.floatMembrane());
        assertEquals(190.0 / 127, divergence.integerMembrane(), 1e-6);
        // Steps of 1 and 1.5 against 1 and 190/127.
        MembraneNoise.Ratio own = comparison.noise().get("lif").own();
        assertEquals(1 + 2.25, own.signal(), 1e-6);
        assertEquals(Math.pow(1.5 - 190.0 / 127, 2), own.noise(), 1e-8);
        assertEquals(2, own.values());
        assertEquals(10 * Math.log10(3.25 / Math.pow(1.5 - 190.0 / 127, 2)), own.decibels(), 1e-3);
    }

    /** A neuron is compared up to its first spike that differs, that step included; others go on. */
    @Test
    void shouldStopComparingANeuronThatHasParted() throws Exception {
        SpikeComparison comparison = compare(weighted(0.3f, 0.2995f), 3, same -> same);

        assertEquals(1, comparison.noise().get("fires").whole().values());
        assertEquals(3, comparison.noise().get("fires").own().values());
    }

    private static SpikingNetwork withNeuron(SpikingNetwork network, UnaryOperator<Operation.Neuron> change) {
        List<Layer> layers = new ArrayList<>();
        for (Layer layer : network.layers()) {
            Operation operation =
                    layer.operation() instanceof Operation.Neuron neuron ? change.apply(neuron) : layer.operation();
            layers.add(new Layer(layer.name(), layer.inputs(), layer.shape(), layer.output(), operation));
        }
        return network.withLayers(layers);
    }
}
