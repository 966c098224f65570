package io.spikelet.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.Operation;
import io.spikelet.model.Readout;
import io.spikelet.model.Shape;
import io.spikelet.model.SpikingNetwork;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values as far out as the proof of bounds lets them. */
class ExtremesTest {

    /** Every weight ±127, every input 255, and a gain that brings the membrane within a hair of 32 bits. */
    private static SpikingNetwork network(int inputs, Operation.Neuron.Output output) {
        NetworkSketch sketch = new NetworkSketch(1, Encoder.DIRECT, new Shape(inputs, 1, 1), EdgeDomain.unsigned(255));
        byte[] weights = new byte[3 * inputs];
        for (int i = 0; i < inputs; i++) {
            weights[i] = 127;
            weights[inputs + i] = -127;
            weights[2 * inputs + i] = (byte) (i % 2 == 0 ? 127 : -127);
        }
        sketch.add("dense", new Operation.Dense(3, inputs, weights, new float[3]), Shape.vector(3), 0);
        int gain = Integer.MAX_VALUE / (127 * 255 * inputs);
        int rest = Integer.MAX_VALUE - gain * (127 * 255 * inputs);
        int[] zero = {0};
        Operation.Neuron neuron = new Operation.Neuron(
                        Operation.Comparison.AT_OR_ABOVE,
                        new int[0],
                        new int[] {1 << 15},
                        zero,
                        zero,
                        zero,
                        new int[] {Integer.MAX_VALUE},
                        List.of(new Operation.Drive(new int[] {gain}, new int[] {rest, -rest, rest}, true)),
                        new float[] {1},
                        0)
                .withOutput(output, 1);
        sketch.add("neurons", neuron, Shape.vector(3), 1);
        Readout.Kind kind = output == Operation.Neuron.Output.POTENTIAL ? Readout.Kind.POTENTIAL : Readout.Kind.COUNT;
        return sketch.network(new Readout(kind, 3, 1, Readout.Exit.NEVER));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 64, 255, 1024})
    void shouldAnswerAlikeOnFastKernelsAtTheEdgesOfThirtyTwoBits(int inputs) throws Exception {
        for (Operation.Neuron.Output output : Operation.Neuron.Output.values()) {
            SpikingNetwork network = network(inputs, output);
            Engine plain = Engine.load(network);
            for (Kernels kernels : List.of(Kernels.SWAR, Kernels.VECTOR)) {
                Engine fast = Engine.load(network, kernels);
                for (int value : new int[] {0, 1, 254, 255}) {
                    byte[] sample = new byte[inputs];
                    Arrays.fill(sample, (byte) value);
                    plain.reset();
                    fast.reset();
                    plain.step(sample, 0);
                    fast.step(sample, 0);
                    assertArrayEquals(plain.values(2), fast.values(2), kernels + " " + output + " of " + value);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 64, 255, 1024})
    void shouldHoldAtTheEdgesOfThirtyTwoBits(int inputs) throws Exception {
        for (Operation.Neuron.Output output : Operation.Neuron.Output.values()) {
            SpikingNetwork network = network(inputs, output);
            Engine engine = Engine.load(network);
            for (int value : new int[] {0, 1, 254, 255}) {
                byte[] sample = new byte[inputs];
                Arrays.fill(sample, (byte) value);
                PlainEngine plain = new PlainEngine(network);
                engine.reset();
                engine.step(sample, 0);
                plain.step(sample);
                for (int layer = 1; layer < 3; layer++) {
                    for (int n = 0; n < 3; n++) {
                        assertEquals(
                                plain.values(layer)[n],
                                BigInteger.valueOf(engine.values(layer)[n]),
                                output + " of " + value + " at " + layer);
                    }
                }
                assertTrue(value < 255 || engine.membrane(2)[0] == Integer.MAX_VALUE);
                assertTrue(value < 255 || engine.membrane(2)[1] == -Integer.MAX_VALUE);
            }
        }
    }
}
