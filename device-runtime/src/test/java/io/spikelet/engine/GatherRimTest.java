package io.spikelet.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.Join;
import io.spikelet.model.Operation;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What fast kernels meet at the rim: windows of one position, images that would need much memory, sums at 32 bits. */
class GatherRimTest {
    private static Operation.Neuron firesAt(int threshold) {
        int[] zero = {0};
        return new Operation.Neuron(
                Operation.Comparison.STRICTLY_ABOVE,
                new int[0],
                zero,
                zero,
                zero,
                zero,
                new int[] {threshold},
                List.of(new Operation.Drive(new int[] {1}, zero, true)),
                new float[] {1},
                0);
    }

    private static byte[] ones(int length) {
        byte[] weights = new byte[length];
        Arrays.fill(weights, (byte) 1);
        return weights;
    }

    @ParameterizedTest
    @EnumSource(names = {"SWAR", "VECTOR"})
    void shouldLeaveAWindowAsHighAsItsInputToThePlainKernel(Kernels kernels) throws Exception {
        Shape input = new Shape(1, 512, 64);
        NetworkSketch sketch = new NetworkSketch(1, Encoder.DIRECT, input, EdgeDomain.SPIKE);
        Operation.Conv2d conv = new Operation.Conv2d(1, 1, 512, 1, 1, 1, 256, 0, 1, 1, 1, ones(512), new float[1]);
        Shape shape = new Shape(1, 513, 64);
        sketch.add("conv", conv, shape, 0);
        sketch.add("neurons", firesAt(0), shape, 1);
        SpikingNetwork network = sketch.network(new Readout(Readout.Kind.COUNT, shape.size(), 1, Readout.Exit.NEVER));
        assertEquals(0, Engine.load(network, kernels).weightBytes());
    }

    @ParameterizedTest
    @EnumSource(names = {"SWAR", "VECTOR"})
    void shouldLeaveASumOfManySumsToThePlainKernel(Kernels kernels) throws Exception {
        Shape shape = new Shape(2, 3, 3);
        NetworkSketch sketch = new NetworkSketch(1, Encoder.DIRECT, shape, EdgeDomain.SPIKE);
        Operation.Conv2d conv = new Operation.Conv2d(2, 2, 3, 3, 1, 1, 1, 1, 1, 1, 1, ones(36), new float[2]);
        sketch.add("conv", conv, shape, 0);
        int at = sketch.add("neurons", firesAt(3), shape, 1);
        for (int k = 0; k < 22; k++) {
            at = sketch.add("sum" + k, new Join(Join.Kind.ADD), shape, at, at);
        }
        at = sketch.add("dense", new Operation.Dense(1, 18, ones(18), new float[1]), Shape.vector(1), at);
        sketch.add("output", firesAt(1 << 23), Shape.vector(1), at);
        SpikingNetwork network = sketch.network(new Readout(Readout.Kind.COUNT, 1, 1, Readout.Exit.NEVER));
        Engine plain = Engine.load(network);
        Engine fast = Engine.load(network, kernels);
        plain.step(ones(18), 0);
        fast.step(ones(18), 0);
        assertArrayEquals(plain.values(at + 1), fast.values(at + 1));
        assertEquals(1, fast.values(at + 1)[0]);
    }

    @ParameterizedTest
    @EnumSource(names = {"SWAR", "VECTOR"})
    void shouldReadThePaddingOfAWindowThatHasOnePosition(Kernels kernels) throws Exception {
        Random random = new Random(1);
        Shape input = new Shape(20, 2, 3);
        NetworkSketch sketch = new NetworkSketch(1, Encoder.DIRECT, input, EdgeDomain.SPIKE);
        byte[] weights = new byte[128 * 20 * 4];
        random.nextBytes(weights);
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (byte) Math.max(weights[i], -127);
        }
        Operation.Conv2d conv = new Operation.Conv2d(128, 20, 1, 4, 3, 3, 0, 1, 1, 1, 1, weights, new float[128]);
        Shape shape = Shape.vector(128);
        sketch.add("conv", conv, shape, 0);
        sketch.add("neurons", firesAt(60), shape, 1);
        SpikingNetwork network = sketch.network(new Readout(Readout.Kind.COUNT, 128, 1, Readout.Exit.NEVER));
        Engine plain = Engine.load(network);
        Engine fast = Engine.load(network, kernels);
        for (int repeat = 0; repeat < 20; repeat++) {
            byte[] sample = new byte[input.size()];
            for (int i = 0; i < sample.length; i++) {
                sample[i] = (byte) random.nextInt(2);
            }
            plain.reset();
            fast.reset();
            plain.step(sample, 0);
            fast.step(sample, 0);
            assertArrayEquals(plain.values(2), fast.values(2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNeverFireAboveTheLargestSum(Kernels kernels) throws Exception {
        EdgeDomain domain = EdgeDomain.unsigned(Integer.MAX_VALUE);
        NetworkSketch sketch = new NetworkSketch(1, Encoder.DIRECT, Shape.vector(1), domain);
        sketch.add("dense", new Operation.Dense(1, 1, ones(1), new float[1]), Shape.vector(1), 0);
        sketch.add("neurons", firesAt(Integer.MAX_VALUE), Shape.vector(1), 1);
        SpikingNetwork network = sketch.network(new Readout(Readout.Kind.COUNT, 1, 1, Readout.Exit.NEVER));
        Engine engine = Engine.load(network, kernels);
        engine.step(new byte[] {-1}, 0);
        assertEquals(0, engine.values(2)[0]);
    }
}
