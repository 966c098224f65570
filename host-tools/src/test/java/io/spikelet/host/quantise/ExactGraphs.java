package io.spikelet.host.quantise;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.graph.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random graphs in which every weight is a multiple of 2^−7, every input of 2^−4, and every other parameter a power of
 * two or a short sum of such, so that for a few steps float32 computes without any rounding. The integer network must
 * then give the same spikes, all of them.
 */
final class ExactGraphs {
    static final int FULL_SCALE = 16;
    static final int CLASSES = 4;
    private final Random random;

    /** Every profile whose decays are powers of two here, and each word of a custom one beside others. */
    static List<Profile> profiles() {
        List<Profile> profiles = new ArrayList<>(Profile.known());
        profiles.remove(Profile.SINABS); // e^(−dt/τ) has no exact float
        profiles.add(Profile.named("custom:compare=at-least,floor=threshold"));
        profiles.add(Profile.named("custom:start=bias,reset=subtract,output=late,floor=threshold"));
        return profiles;
    }

    ExactGraphs(long seed) {
        random = new Random(seed);
    }

    /** Convolution, pool, and two dense layers, either of which may be recurrent. */
    Graph planes() {
        int groups = random.nextBoolean() ? 2 : 1;
        Node conv = new Node.Conv2d(
                weights(4, 2 / groups, 3, 3),
                bias(4),
                new int[] {1, 1},
                new int[] {1, random.nextInt(2)},
                new int[] {1, 1},
                groups,
                null);
        ChainBuilder chain = ChainBuilder.from(2, 6, 6).then("conv", conv);
        int width = ((Node.Conv2d) conv).padding()[1] == 1 ? 6 : 4;
        chain.then("lif1", neuron(4, 6, width))
                .then("pool", new Node.SumPool2d(new int[] {2, 2}, new int[] {2, 2}, new int[] {0, 0}))
                .then("flatten", new Node.Flatten(0, -1))
                .then("dense", new Node.Affine(weights(8, 4 * 3 * (width / 2)), bias(8)));
        return finish(chain, 8);
    }

    /** Two dense layers, either of which may be recurrent; the first may have a second source. */
    Graph vector() {
        ChainBuilder chain = ChainBuilder.from(10);
        if (random.nextInt(3) == 0) {
            chain.then("lif1", neuron(10));
        }
        chain.then("dense", new Node.Affine(weights(8, 10), bias(8)));
        if (random.nextBoolean()) {
            chain.beside("input", "second", new Node.Affine(weights(8, 10), null), "lif2");
        }
        return finish(chain, 8);
    }

    /**
     * One-time-step style: convolutions and thresholds, an OR, a residual sum of spikes, an average, and weights at the
     * end. Thresholds may be IF neurons instead.
     */
    Graph residual() {
        Node or = new Node.SumPool2d(new int[] {2, 2}, new int[] {2, 2}, new int[] {0, 0});
        Node mean = new Node.AvgPool2d(new int[] {2, 2}, new int[] {2, 2}, new int[] {0, 0});
        return ChainBuilder.from(2, 8, 8)
                .then("conv1", convolution(4, 2))
                .then("spike1", stateless())
                .then("pool1", or)
                .then("or1", new Node.Threshold(Tensor.scalar(0.5f)))
                .then("conv2", convolution(4, 4))
                .then("spike2", random.nextBoolean() ? stateless() : neuron(4, 4, 4))
                .then("conv3", convolution(4, 4))
                .edge("or1", "conv3")
                .then("spike3", random.nextBoolean() ? stateless() : neuron(4, 4, 4))
                .then("mean", mean)
                .then("flatten", new Node.Flatten(0, -1))
                .then("readout", new Node.Affine(weights(CLASSES, 16), bias(CLASSES)))
                .to(CLASSES);
    }

    private Node convolution(int filters, int channels) {
        int[] one = {1, 1};
        return new Node.Conv2d(weights(filters, channels, 3, 3), bias(filters), one, one, one, 1, null);
    }

    private Node stateless() {
        return new Node.Threshold(random.nextBoolean() ? powers(new int[] {4, 1, 1}, 0.25f) : Tensor.scalar(0));
    }

    private Graph finish(ChainBuilder chain, int hidden) {
        chain.then("lif2", neuron(hidden));
        if (random.nextBoolean()) {
            chain.beside("lif2", "recurrent", new Node.Affine(weights(hidden, hidden), bias(hidden)), "lif2");
        }
        if (random.nextInt(3) == 0) {
            chain.edge("lif2", "lif2");
        }
        chain.then("readout", new Node.Affine(weights(CLASSES, hidden), null)).then("lif3", neuron(CLASSES));
        if (random.nextInt(3) == 0) {
            chain.beside("lif3", "rival", new Node.Affine(weights(CLASSES, CLASSES), bias(CLASSES)), "lif3");
        }
        return chain.to(CLASSES);
    }

    byte[] sample(int bytes) {
        byte[] sample = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            sample[i] = (byte) random.nextInt(FULL_SCALE + 1);
        }
        return sample;
    }

    private Node neuron(int... shape) {
        Tensor threshold = random.nextBoolean() ? powers(shape, 0.5f) : Tensor.scalar(1);
        Tensor reset = random.nextBoolean() ? powers(shape, -0.25f) : Tensor.scalar(0);
        Tensor leak = random.nextBoolean() ? Tensor.scalar(0.125f) : Tensor.scalar(0);
        Tensor two = Tensor.scalar(2);
        return switch (random.nextInt(3)) {
            case 0 -> new Node.If(powers(shape, 0.5f), threshold, reset);
            case 1 -> new Node.Lif(two, random.nextBoolean() ? two : powers(shape, 1), leak, threshold, reset);
            default -> new Node.CubaLif(two, two, two, leak, two, threshold, reset);
        };
    }

    /** The value, its double or its quadruple, for each neuron. */
    private Tensor powers(int[] shape, float least) {
        int size = 1;
        for (int extent : shape) {
            size *= extent;
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = least * (1 << random.nextInt(3));
        }
        return Tensor.of(values, shape);
    }

    /** Multiples of 2^−7, each row with one of ±127 of them, so that the scale is 2^−7. */
    private Tensor weights(int... shape) {
        int size = 1;
        for (int extent : shape) {
            size *= extent;
        }
        float[] values = new float[size];
        int row = size / shape[0];
        for (int i = 0; i < size; i++) {
            int weight = random.nextInt(-60, 90);
            values[i] = (i % row == 0 ? random.nextBoolean() ? 127 : -127 : weight) / 128f;
        }
        return Tensor.of(values, shape);
    }

    private Tensor bias(int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextInt(-32, 64) / 256f;
        }
        return Tensor.of(values, length);
    }
}
