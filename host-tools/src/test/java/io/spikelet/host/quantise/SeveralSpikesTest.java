package io.spikelet.host.quantise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.InvalidGraphException;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.host.report.SpikeAgreement;
import io.spikelet.host.report.SpikeComparison;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.Operation;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Profiles by which neurons fire several times a step, and those whose spikes are late: what they make and refuse. */
class SeveralSpikesTest {
    private static final Tensor ONE = Tensor.scalar(1);
    private static final Tensor ZERO = Tensor.scalar(0);
    private static final Profile MANY =
            Profile.named("custom:reset=subtract,spikes=many,compare=at-least,floor=threshold");

    @Test
    void shouldFireAtMostFifteenTimesAStepAndKeepTheRest() throws Exception {
        // v ← v + 20, less what fired: 20 − 15 = 5, 25 − 15 = 10, 30 − 15 = 15.
        Graph graph = chain(new Node.If(ONE, ONE, ZERO), 20);
        QuantiseOptions options = options(Profile.SINABS, 1, 3);
        SpikingNetwork network = Quantiser.convert(graph, options);

        assertArrayEquals(new int[] {15, 15, 15}, output(network, new byte[] {16}));
        SampleSet samples = SampleSet.of("one", 1, 16, new int[] {1}, new byte[] {16}, new byte[1]);
        assertTrue(
                Quantiser.quantise(graph, options, samples)
                        .report()
                        .toText()
                        .contains("node 'neurons' could fire up to"),
                "says so");
    }

    @Test
    void shouldStopMembranesAtMinusTheThreshold() throws Exception {
        // v ← max(v − 8·q/16, −1): after however much, one step of +1 reaches 0 and two of them fire.
        Graph graph = ChainBuilder.from(2)
                .then("dense", new Node.Affine(Tensor.of(new float[] {2, -8}, 1, 2), null))
                .then("neurons", new Node.If(ONE, ONE, ZERO))
                .to(1);
        byte[] frames = {0, 16, 0, 16, 8, 0, 16, 0, 16, 0};
        InferenceSettings settings = new InferenceSettings(MANY, 1, 5, Encoder.FRAMES, new Readout(1, 1));
        SpikingNetwork network = Quantiser.convert(graph, QuantiseOptions.of("floor", settings, 16));

        assertArrayEquals(new int[] {0, 0, 0, 2, 2}, output(network, frames));
        Operation.Neuron neuron = (Operation.Neuron) network.output().operation();
        assertTrue(neuron.hasFloor());
        assertEquals(EdgeDomain.unsigned(neuron.burst()), network.output().output());
        assertEquals(3, NetworkCodec.encode(network)[1], "the version that knows floors");
    }

    @Test
    void shouldGiveEverySpikeOfTwoLayersAsInFloat() throws Exception {
        Random random = new Random(3);
        long several = 0;
        for (int trial = 0; trial < 40; trial++) {
            Graph graph = ChainBuilder.from(6)
                    .then("dense1", new Node.Affine(weights(random, 8, 6), null))
                    .then(
                            "neurons1",
                            random.nextBoolean()
                                    ? new Node.If(ONE, ONE, ZERO)
                                    : new Node.Lif(
                                            Tensor.scalar(2), Tensor.scalar(2), Tensor.scalar(0.125f), ONE, ZERO))
                    .then("dense2", new Node.Affine(weights(random, 4, 8), null))
                    .then("neurons2", new Node.If(ONE, ONE, ZERO))
                    .to(4);
            int steps = 5;
            InferenceSettings settings = new InferenceSettings(MANY, 1, steps, Encoder.FRAMES, new Readout(4, 1));
            QuantiseOptions options = QuantiseOptions.of("two", settings, 16);
            byte[] x = new byte[10 * steps * 6];
            for (int i = 0; i < x.length; i++) {
                x[i] = (byte) random.nextInt(17);
            }
            SampleSet samples = SampleSet.of("random", 4, 16, new int[] {steps, 6}, x, new byte[10]);
            SpikeComparison comparison =
                    SpikeComparison.run(graph, settings, Quantiser.convert(graph, options), samples, Progress.SILENT);
            for (SpikeAgreement layer : comparison.layers()) {
                assertTrue(layer.first().isEmpty(), "trial " + trial + ", " + layer);
                several += layer.floatSpikes() > 0 ? 1 : 0;
            }
        }
        assertTrue(several > 60, "layers that fire: " + several);
    }

    @Test
    void shouldRefuseWhatACountOfSpikesCannotSay() {
        Tensor two = Tensor.scalar(2);
        refused(
                chain(new Node.CubaLif(two, two, two, ONE, two, ONE, ZERO), 1),
                MANY,
                "node 'neurons' fires several times a step and then starts from -0.5, with a v_leak behind a synapse");
        refused(
                chain(new Node.Lif(two, two, ZERO, ONE, ONE), 1),
                Profile.named("custom:spikes=many"),
                "node 'neurons' fires several times a step and then starts from 0.5, which integers cannot say");
        int[] window = {2, 2};
        Graph or = ChainBuilder.from(1, 4, 4)
                .then("first", new Node.If(ONE, ONE, ZERO))
                .then("pool", new Node.SumPool2d(window, window, new int[2]))
                .then("or", new Node.Threshold(Tensor.scalar(0.5f)))
                .then("flatten", new Node.Flatten(0, -1))
                .then("dense", ChainBuilder.affine(1, 0.5f, 0.5f, 0.5f, 0.5f))
                .then("neurons", new Node.If(ONE, ONE, ZERO))
                .to(1);
        refused(or, MANY, "node 'pool' makes an OR of 'first', whose neurons may fire several times a step");
    }

    @Test
    void shouldEndInTheDelayOfALateOutput() throws Exception {
        // Soft reset: v ← v + 1, above 1/2 at every step; nothing leaves in the first.
        SpikingNetwork network =
                Quantiser.convert(chain(new Node.If(ONE, Tensor.scalar(0.5f), ZERO), 1), options(Profile.SPYX, 1, 4));
        assertEquals("neurons.late", network.output().name());
        assertArrayEquals(new int[] {0, 1, 1, 1}, output(network, new byte[] {16}));
    }

    @Test
    void shouldRefuseANodeThatWouldBeLateAndNot() {
        Graph graph = ChainBuilder.from(1)
                .then("dense", ChainBuilder.affine(1, 1))
                .then("neurons", new Node.If(ONE, ONE, ZERO))
                .then("both", ChainBuilder.affine(1, 1))
                .edge("both", "neurons")
                .then("last", new Node.If(ONE, ONE, ZERO))
                .to(1);
        String message = assertThrows(
                        InvalidGraphException.class, () -> Quantiser.convert(graph, options(Profile.LOIHI, 1, 4)))
                .getMessage();
        assertTrue(message.startsWith("node 'both' leads both back into a loop and onward"), message);
    }

    private static void refused(Graph graph, Profile profile, String sentence) {
        String message = assertThrows(QuantiseException.class, () -> Quantiser.convert(graph, options(profile, 1, 4)))
                .getMessage();
        assertTrue(message.startsWith(sentence), message);
    }

    private static Graph chain(Node neurons, float weight) {
        return ChainBuilder.from(1)
                .then("dense", ChainBuilder.affine(1, weight))
                .then("neurons", neurons)
                .to(1);
    }

    private static Tensor weights(Random random, int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i % columns == 0 ? 127 : random.nextInt(-70, 90)) / 128f;
        }
        return Tensor.of(values, rows, columns);
    }

    private static QuantiseOptions options(Profile profile, int classes, int steps) {
        InferenceSettings settings = new InferenceSettings(profile, 1, steps, Encoder.DIRECT, new Readout(classes, 1));
        return QuantiseOptions.of("several", settings, 16);
    }

    private static int[] output(SpikingNetwork network, byte[] sample) throws Exception {
        Classifier classifier = Classifier.load(network);
        Inference inference = Inference.forNetwork(network);
        classifier.begin(sample, 0, inference);
        int[] spikes = new int[network.timeSteps()];
        for (int t = 0; t < spikes.length; t++) {
            classifier.advance(sample, 0, t, inference);
            spikes[t] = classifier.engine().values(network.layers().size() - 1)[0];
        }
        return spikes;
    }
}
