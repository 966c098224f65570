package io.spikelet.host.quantise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.report.InferenceSettings;
import io.spikelet.model.Bounds;
import io.spikelet.model.Encoder;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The proved worst case is never passed, whatever the input; the loader finds the same number. */
class MembraneBoundTest {
    private static final int INPUTS = 12;
    private static final int HIDDEN = 6;
    private static final int STEPS = 40;

    @Test
    void shouldNeverLeaveTheProvedBoundWhateverTheInput() throws Exception {
        for (long seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            float[] first = weights(random, HIDDEN * INPUTS);
            Graph graph = graph(random, first);
            SpikingNetwork network = Quantiser.convert(graph, options());
            for (int neuron = 0; neuron < HIDDEN; neuron++) {
                assertWithinBound(network, adversary(first, neuron, 1, random));
                assertWithinBound(network, adversary(first, neuron, -1, random));
            }
        }
    }

    @Test
    void shouldDeclareExactlyWhatTheLoaderProves() throws Exception {
        for (long seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            SpikingNetwork network = Quantiser.convert(graph(random, weights(random, HIDDEN * INPUTS)), options());
            for (int i = 0; i < network.layers().size(); i++) {
                if (network.layers().get(i).operation() instanceof Operation.Neuron neuron) {
                    assertEquals(Bounds.membraneMaximum(network, i), neuron.membraneMaximum());
                    assertTrue(neuron.membraneMaximum() < 1L << 30);
                }
            }
        }
    }

    @Test
    void shouldReachTheBoundOfOneNeuronThatNeverFires() throws Exception {
        // v ← v + x, weight −1 and nothing else: 40 steps of the largest input.
        Graph graph = ChainBuilder.from(1)
                .then("dense", ChainBuilder.affine(1, -1))
                .then("if", new Node.If(Tensor.scalar(1), Tensor.scalar(1), Tensor.scalar(0)))
                .to(1);
        InferenceSettings settings = new InferenceSettings(Profile.NORSE, 1, STEPS, Encoder.DIRECT, new Readout(1, 1));
        SpikingNetwork network = Quantiser.convert(graph, QuantiseOptions.of("one", settings, 255));
        Operation.Neuron neuron = (Operation.Neuron) network.output().operation();
        Classifier classifier = Classifier.load(network);

        classifier.infer(new byte[] {(byte) 255}, 0, Inference.forNetwork(network));

        assertEquals(-neuron.membraneMaximum(), classifier.engine().membrane(2)[0]);
    }

    @Test
    void shouldTakeLearnedWeightsAsLargeAsTheyMayBecome() throws Exception {
        Graph graph = ChainBuilder.from(INPUTS)
                .then("dense", ChainBuilder.affine(2, weights(new Random(3), 2 * INPUTS)))
                .then("lif", ChainBuilder.lif())
                .to(2);
        InferenceSettings settings = new InferenceSettings(Profile.SNNTORCH, 1, 8, Encoder.DIRECT, new Readout(2, 1));
        QuantiseOptions options = QuantiseOptions.of("learns", settings, 1);

        long fixed = bound(Quantiser.convert(graph, options));
        long learned = bound(Quantiser.convert(graph, options.withLearning(0.01f, 1)));

        assertTrue(learned > 2 * fixed, "fixed " + fixed + ", learned " + learned);
    }

    @Test
    void shouldRefuseWhatNoPrecisionCanHold() {
        Graph graph = ChainBuilder.from(1)
                .then("dense", ChainBuilder.affine(1, 1e9f))
                .then("lif", ChainBuilder.lif())
                .to(1);
        InferenceSettings settings =
                new InferenceSettings(Profile.SNNTORCH, 1, 4096, Encoder.DIRECT, new Readout(1, 1));

        QuantiseException refused = assertThrows(
                QuantiseException.class, () -> Quantiser.convert(graph, QuantiseOptions.of("huge", settings, 255)));

        assertTrue(refused.getMessage().contains("'lif' could leave 32 bits"), refused.getMessage());
    }

    private static long bound(SpikingNetwork network) {
        return ((Operation.Neuron) network.output().operation()).membraneMaximum();
    }

    private static QuantiseOptions options() {
        InferenceSettings settings =
                new InferenceSettings(Profile.SNNTORCH, 1, STEPS, Encoder.FRAMES, new Readout(HIDDEN, 1));
        return QuantiseOptions.of("bounded", settings, 255);
    }

    /** Slow neurons with a synaptic current that feed back on themselves: what grows most. */
    private static Graph graph(Random random, float[] first) {
        Tensor slow = Tensor.scalar(10 + random.nextInt(100));
        Tensor synapse = Tensor.scalar(1 + random.nextInt(20));
        float[] threshold = new float[HIDDEN];
        for (int i = 0; i < HIDDEN; i++) {
            threshold[i] = 0.01f + 10 * random.nextFloat();
        }
        Node neuron = new Node.CubaLif(
                synapse,
                slow,
                Tensor.scalar(30),
                Tensor.scalar(-0.1f),
                Tensor.scalar(5),
                Tensor.of(threshold, HIDDEN),
                Tensor.scalar(-1));
        return ChainBuilder.from(INPUTS)
                .then("dense", new Node.Affine(Tensor.of(first, HIDDEN, INPUTS), null))
                .then("cuba", neuron)
                .beside("cuba", "back", ChainBuilder.affine(HIDDEN, weights(random, HIDDEN * HIDDEN)), "cuba")
                .then("last", ChainBuilder.affine(HIDDEN, weights(random, HIDDEN * HIDDEN)))
                .then("lif", ChainBuilder.lif())
                .to(HIDDEN);
    }

    private static float[] weights(Random random, int length) {
        float[] weights = new float[length];
        for (int i = 0; i < length; i++) {
            weights[i] = (float) random.nextGaussian();
        }
        return weights;
    }

    /** Drives one neuron as far up or down as inputs can, now and then switching sides. */
    private static byte[] adversary(float[] weights, int neuron, int sign, Random random) {
        byte[] sample = new byte[STEPS * INPUTS];
        boolean switches = random.nextBoolean();
        for (int t = 0; t < STEPS; t++) {
            int side = switches && t % 11 == 10 ? -sign : sign;
            for (int i = 0; i < INPUTS; i++) {
                sample[t * INPUTS + i] = (byte) (side * weights[neuron * INPUTS + i] > 0 ? 255 : 0);
            }
        }
        return sample;
    }

    private static void assertWithinBound(SpikingNetwork network, byte[] sample) throws Exception {
        Classifier classifier = Classifier.load(network);
        Inference inference = Inference.forNetwork(network);
        classifier.begin(sample, 0, inference);
        for (int t = 0; t < STEPS; t++) {
            classifier.advance(sample, 0, t, inference);
            for (int i = 0; i < network.layers().size(); i++) {
                Layer layer = network.layers().get(i);
                if (layer.operation() instanceof Operation.Neuron neuron) {
                    for (int membrane : classifier.engine().membrane(i)) {
                        assertTrue(Math.abs((long) membrane) <= neuron.membraneMaximum(), layer.name());
                    }
                } else {
                    for (int value : classifier.engine().values(i)) {
                        assertTrue(Math.abs((long) value) <= layer.output().maximum(), layer.name());
                    }
                }
            }
        }
    }
}
