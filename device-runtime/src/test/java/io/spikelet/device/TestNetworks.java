package io.spikelet.device;

import io.spikelet.engine.SelfTests;
import io.spikelet.model.Bounds;
import io.spikelet.model.Discretisation;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.Inbound;
import io.spikelet.model.Layer;
import io.spikelet.model.LearningRule;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.Operation;
import io.spikelet.model.Provenance;
import io.spikelet.model.Readout;
import io.spikelet.model.SelfTest;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.container.ImageKey;
import io.spikelet.model.container.ModelImage;
import io.spikelet.model.container.Version;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A network small enough to look at, 6 inputs of 0 or 1 to 2 classes of 2 neurons, and images of it. */
final class TestNetworks {
    static final int INPUTS = 6;
    static final int OUTPUTS = 4;
    static final int TIME_STEPS = 4;

    private static final int THRESHOLD = 1 << 14;
    private static final int GAIN = 128;

    private TestNetworks() {}

    static SpikingNetwork network(long counter, boolean learns) {
        return network(INPUTS, counter, learns);
    }

    private static SpikingNetwork network(int inputs, long counter, boolean learns) {
        Random random = new Random(5);
        byte[] weights = new byte[OUTPUTS * inputs];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (byte) Math.clamp(Math.round(random.nextGaussian() * 60), -127, 127);
        }
        float scale = (float) GAIN / THRESHOLD;
        Layer input = new Layer("in", List.of(), Shape.vector(inputs), EdgeDomain.unsigned(1), new Operation.Input());
        Layer dense = new Layer(
                "dense",
                List.of(Inbound.from(0)),
                Shape.vector(OUTPUTS),
                EdgeDomain.signed(Bounds.WEIGHT_MAXIMUM * inputs),
                new Operation.Dense(OUTPUTS, inputs, weights, new float[] {scale, scale, scale, scale}));
        Layer neurons = new Layer(
                "lif",
                List.of(Inbound.from(1)),
                Shape.vector(OUTPUTS),
                EdgeDomain.SPIKE,
                new Operation.Neuron(
                        Operation.Comparison.STRICTLY_ABOVE,
                        new int[0],
                        new int[] {1 << 14},
                        new int[] {0},
                        new int[] {0},
                        new int[] {0},
                        new int[] {THRESHOLD},
                        List.of(new Operation.Drive(new int[] {GAIN}, new int[] {THRESHOLD / 8}, true)),
                        new float[] {1f / THRESHOLD},
                        Integer.MAX_VALUE));
        return new SpikingNetwork(
                "tiny",
                TIME_STEPS,
                Encoder.DIRECT,
                new Readout(2, 2),
                List.of(input, dense, neurons),
                new Discretisation("snntorch", 1e-4),
                learns ? Optional.of(new LearningRule(List.of(1), 0.25f, 1f)) : Optional.empty(),
                counter,
                new Provenance("", "", "test", Double.NaN, Double.NaN));
    }

    /** A signed image of the network. */
    static ModelImage image(String version, long counter, ImageKey.Private key) {
        byte[] payload = NetworkCodec.encode(network(counter, true));
        return ModelImage.unsigned(payload, Version.parse(version)).sign(key);
    }

    /** A signed image of a network like it, of another input size. */
    static ModelImage wider(int inputs, ImageKey.Private key) {
        byte[] payload = NetworkCodec.encode(network(inputs, 0, true));
        return ModelImage.unsigned(payload, Version.parse("1.0.0")).sign(key);
    }

    /** A signed image with self-tests, right ones or such as no engine passes. */
    static ModelImage tested(String version, long counter, boolean right, ImageKey.Private key) {
        try {
            byte[] sample = {1, 0, 1, 1, 0, 1};
            SpikingNetwork network = SelfTests.record(network(counter, true), List.of(new byte[INPUTS], sample));
            SelfTest last = network.selfTests().get(1);
            if (!right) {
                SelfTest wrong = new SelfTest(sample, last.spikes(), last.scores(), last.totalSpikes() + 1);
                network = network.withSelfTests(List.of(wrong));
            }
            return ModelImage.unsigned(NetworkCodec.encode(network), Version.parse(version))
                    .sign(key);
        } catch (MalformedDataException e) {
            throw new AssertionError(e);
        }
    }
}
