package io.spikelet.device;

import io.spikelet.engine.Classifier;
import io.spikelet.engine.Inference;
import io.spikelet.engine.Kernels;
import io.spikelet.fixedpoint.Q15;
import io.spikelet.model.Discretisation;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.Inbound;
import io.spikelet.model.Layer;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.Operation;
import io.spikelet.model.Pool2d;
import io.spikelet.model.Provenance;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.WeightKind;
import io.spikelet.model.container.ImageKey;
import io.spikelet.model.container.ModelImage;
import io.spikelet.model.container.Version;
import io.spikelet.slots.SignedImageVerifier;
import io.spikelet.slots.SlotRefusedException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What every start of a board does with its model, done once with a small one: image, signature, checks, engine, answer.
 * The launcher has the JVM watch it and keeps what the JVM learned, so that a start finds its classes laid out.
 */
final class Rehearsal {
    private static final Shape INPUT = new Shape(1, 8, 8);
    private static final Shape MAP = new Shape(8, 8, 8);
    private static final Shape POOLED = new Shape(8, 4, 4);
    private static final int CLASSES = 4;

    /** Beyond all that these weights can reach. */
    private static final int AMPLE = 1 << 20;

    private Rehearsal() {}

    /** @return the class that the network answered */
    static int run() {
        ImageKey.Private key = ImageKey.Private.generate();
        byte[] file = ModelImage.unsigned(NetworkCodec.encode(network()), new Version(1, 0, 0, 0))
                .sign(key)
                .bytes();
        try {
            SpikingNetwork network = new SignedImageVerifier(List.of(key.publicKey()), false)
                    .verify(file)
                    .network();
            Classifier classifier = Classifier.load(network, Kernels.BEST);
            Inference answer = Inference.forNetwork(network);
            classifier.infer(new byte[network.sampleBytes()], 0, answer);
            return answer.predicted();
        } catch (SlotRefusedException | MalformedDataException e) {
            throw new IllegalStateException("a network of our own must run", e);
        }
    }

    private static SpikingNetwork network() {
        return new SpikingNetwork(
                "rehearsal",
                1,
                Encoder.DIRECT,
                new Readout(CLASSES, 1),
                List.of(
                        new Layer("input", List.of(), INPUT, EdgeDomain.unsigned(255), new Operation.Input()),
                        new Layer("conv", from(0), MAP, EdgeDomain.signed(AMPLE), convolution()),
                        new Layer("spikes", from(1), MAP, EdgeDomain.SPIKE, neurons(1000)),
                        new Layer("pool", from(2), POOLED, EdgeDomain.SPIKE, Pool2d.max(2)),
                        new Layer("dense", from(3), Shape.vector(CLASSES), EdgeDomain.signed(AMPLE), dense()),
                        new Layer("output", from(4), Shape.vector(CLASSES), EdgeDomain.SPIKE, neurons(1))),
                new Discretisation("rehearsal", 1),
                Optional.empty(),
                0,
                new Provenance("", "", "spikelet-device", Double.NaN, Double.NaN));
    }

    private static List<Inbound> from(int layer) {
        return List.of(Inbound.from(layer));
    }

    private static Operation convolution() {
        int filters = MAP.channels();
        return new Operation.Conv2d(
                filters, 1, 3, 3, 1, 1, 1, 1, 1, 1, 1, WeightKind.INT8, ones(filters * 9), new float[filters]);
    }

    private static Operation dense() {
        return new Operation.Dense(CLASSES, POOLED.size(), ones(CLASSES * POOLED.size()), new float[CLASSES]);
    }

    private static byte[] ones(int count) {
        byte[] weights = new byte[count];
        Arrays.fill(weights, (byte) 1);
        return weights;
    }

    private static Operation neurons(int threshold) {
        int[] zero = {0};
        return new Operation.Neuron(
                Operation.Comparison.AT_OR_ABOVE,
                new int[0],
                new int[] {Q15.ONE},
                zero,
                zero,
                zero,
                new int[] {threshold},
                List.of(new Operation.Drive(new int[] {1}, zero, true)),
                new float[] {1},
                AMPLE);
    }
}
