package io.spikelet.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.Join;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Pool2d;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A residual block where the extent halves: its input goes through a pool of its own, beside the branch. */
class PooledBlockTest {
    private static final int STEPS = 6;
    private static final int CLASSES = 10;
    private static final Shape IMAGE = new Shape(2, 9, 9);

    private final Random random = new Random(5);

    @ParameterizedTest
    @CsvSource({
        "MAX, SWAR, 1",
        "MIN, SWAR, 1",
        "MAX, VECTOR, 1",
        "MIN, VECTOR, 1",
        "MAX, SWAR, 2",
        "MIN, VECTOR, 3",
    })
    void shouldGiveOnFastKernelsWhatThePlainOnesGive(Pool2d.Kind kind, Kernels kernels, int threads) throws Exception {
        SpikingNetwork network = network(kind, 40);
        Engine plain = Engine.load(network);
        int skip = index(network, "skip");
        long pooled = 0;
        try (Engine fast = Engine.load(network, kernels, threads)) {
            byte[] sample = new byte[IMAGE.size()];
            for (int i = 0; i < 20; i++) {
                random.nextBytes(sample);
                plain.reset();
                fast.reset();
                for (int t = 0; t < STEPS; t++) {
                    plain.step(sample, 0);
                    fast.step(sample, 0);
                    for (int layer = 0; layer < network.layers().size(); layer++) {
                        if (fast.gives(layer)) {
                            assertArrayEquals(plain.values(layer), fast.values(layer), "layer " + layer);
                        }
                    }
                    assertEquals(plain.spikes(), fast.spikes());
                    assertEquals(plain.synapticOperations(), fast.synapticOperations());
                    pooled += Arrays.stream(plain.values(skip)).sum();
                }
            }
        }
        assertTrue(pooled > 1000, "pools that never give a spike prove nothing: " + pooled);
    }

    @Test
    void shouldFormNeitherThePooledSpikesNorTheirSum() throws Exception {
        SpikingNetwork network = network(Pool2d.Kind.MAX, 40);
        Engine fast = Engine.load(network, Kernels.SWAR);
        for (int i = 0; i < network.layers().size(); i++) {
            String name = network.layers().get(i).name();
            if (List.of("first", "skip", "skip again", "branch pool", "block").contains(name)) {
                assertFalse(fast.gives(i), name);
            }
        }
    }

    private static int index(SpikingNetwork network, String name) {
        return network.layers().stream().map(Layer::name).toList().indexOf(name);
    }

    /** The pool beside the branch is pooled once more, for a readout of its own. */
    private SpikingNetwork network(Pool2d.Kind kind, int channels) throws Exception {
        NetworkSketch sketch = new NetworkSketch(STEPS, new Encoder.Direct(), IMAGE, EdgeDomain.unsigned(255));
        Shape wide = new Shape(channels, 9, 9);
        Shape half = new Shape(channels, 4, 4);
        Pool2d halving = new Pool2d(kind, 2, 2, 2, 2, 0, 0);
        int first = neuron(sketch, "first", conv(sketch, 0, wide), 600, wide);
        int branch = neuron(sketch, "branch", conv(sketch, first, wide), 40, wide);
        int skip = sketch.add("skip", halving, half, first);
        int pooled = sketch.add("branch pool", halving, half, branch);
        int block = sketch.add("block", new Join(Join.Kind.ADD), half, pooled, skip);
        int behind = neuron(sketch, "behind", conv(sketch, block, half), 60, half);
        Shape least = new Shape(channels, 2, 2);
        int again = sketch.add("skip again", new Pool2d(kind, 2, 2, 2, 2, 0, 0), least, skip);
        int beside = neuron(sketch, "beside", conv(sketch, again, least), 20, least);
        Shape classes = new Shape(CLASSES, 1, 1);
        int one = sketch.add("one", dense(half.size()), classes, behind);
        int other = sketch.add("other", dense(least.size()), classes, beside);
        sketch.add("output", neurons(30, 2), classes, one, other);
        return sketch.network(new Readout(CLASSES, 1));
    }

    private int conv(NetworkSketch sketch, int source, Shape to) {
        int inputs = sketch.shape(source).channels();
        byte[] weights = weights(to.channels() * inputs * 9);
        Operation.Conv2d conv = new Operation.Conv2d(
                to.channels(), inputs, 3, 3, 1, 1, 1, 1, 1, 1, 1, weights, new float[to.channels()]);
        return sketch.add("conv " + sketch.last(), conv, to, source);
    }

    private Operation.Dense dense(int inputs) {
        return new Operation.Dense(CLASSES, inputs, weights(CLASSES * inputs), new float[CLASSES]);
    }

    private byte[] weights(int count) {
        byte[] weights = new byte[count];
        for (int i = 0; i < count; i++) {
            weights[i] = (byte) Math.clamp(Math.round(random.nextGaussian() * 20), -127, 127);
        }
        return weights;
    }

    private static int neuron(NetworkSketch sketch, String name, int source, int threshold, Shape shape) {
        return sketch.add(name, neurons(threshold, 1), shape, source);
    }

    /** LIF that keeps half of its membrane, hard reset. */
    private static Operation.Neuron neurons(int threshold, int drives) {
        int[] zero = {0};
        Operation.Drive drive = new Operation.Drive(new int[] {1}, zero, true);
        return new Operation.Neuron(
                Operation.Comparison.AT_OR_ABOVE,
                new int[0],
                new int[] {1 << 14},
                zero,
                zero,
                zero,
                new int[] {threshold},
                Collections.nCopies(drives, drive),
                new float[] {1},
                0);
    }
}
