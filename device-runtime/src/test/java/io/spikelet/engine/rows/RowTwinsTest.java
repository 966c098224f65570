package io.spikelet.engine.rows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.engine.Kernels;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plain loops and their vector twins on random and extreme values, at sizes beside every width of a vector. */
class RowTwinsTest {
    private static final int INPUTS = 5;

    private final RowArithmetic plain = RowArithmetic.plain();
    private final NeuronArithmetic plainNeurons = NeuronArithmetic.plain();

    @BeforeEach
    void vectorsArePresent() {
        Assumptions.assumeTrue(Kernels.VECTOR.isPresent(), "the JVM was started without jdk.incubator.vector");
    }

    private static byte[] weights(Random random, int outputs) {
        byte[] weights = new byte[INPUTS * outputs];
        for (int i = 0; i < weights.length; i++) {
            weights[i] =
                    (byte) (random.nextInt(8) == 0 ? random.nextBoolean() ? 127 : -127 : random.nextInt(255) - 127);
        }
        return weights;
    }

    private static int[] ints(Random random, int size, int least, int most) {
        int[] values = new int[size];
        for (int i = 0; i < size; i++) {
            int kind = random.nextInt(8);
            values[i] = kind == 0 ? least : kind == 1 ? most : random.nextInt(least, most);
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 10, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 512})
    void shouldAddTheSameRows(int outputs) {
        Random random = new Random(outputs);
        RowArithmetic vectors = RowArithmetic.onVectors();
        byte[] weights = weights(random, outputs);
        int[] expected = ints(random, outputs, -1 << 20, 1 << 20);
        int[] sums = expected.clone();
        for (int factor : new int[] {1, -1, 3, 255, -255}) {
            plain.add(weights, outputs, factor, expected);
            vectors.add(weights, outputs, factor, sums);
            plain.addTwo(weights, 2 * outputs, factor, 4 * outputs, 1 - factor, expected);
            vectors.addTwo(weights, 2 * outputs, factor, 4 * outputs, 1 - factor, sums);
        }
        assertArrayEquals(expected, sums);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 10, 16, 17, 32, 47, 64, 65, 100, 512})
    void shouldSendTheSameErrorsBack(int outputs) {
        Random random = new Random(outputs);
        byte[] weights = weights(random, outputs);
        int most = Integer.MAX_VALUE / (127 * outputs);
        for (int steps = 1; steps <= RowDescent.STEPS; steps++) {
            int[] factors = ints(random, steps * outputs, -most, most);
            int[] expected = new int[RowDescent.STEPS];
            int[] found = new int[RowDescent.STEPS];
            plain.dots(weights, 3 * outputs, factors, steps, outputs, expected);
            RowArithmetic.onVectors().dots(weights, 3 * outputs, factors, steps, outputs, found);
            assertArrayEquals(expected, found);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 10, 16, 24, 31, 32, 33, 47, 64, 65, 100, 512})
    void shouldDescendToTheSameWeights(int outputs) {
        Random random = new Random(outputs);
        int[] noise = ints(random, outputs + 20, Integer.MIN_VALUE, Integer.MAX_VALUE);
        byte[] expectedWeights = weights(random, outputs);
        byte[] expectedRest = weights(random, outputs);
        byte[] weights = expectedWeights.clone();
        byte[] rest = expectedRest.clone();
        int[] factors = ints(random, RowDescent.STEPS * outputs, -(1 << 15), 1 << 15);
        RowDescent expected = new RowDescent(expectedWeights, expectedRest, outputs, factors, noise, 127 << 8);
        RowDescent found = new RowDescent(weights, rest, outputs, factors, noise, 127 << 8);
        for (int turn = 0; turn < 200; turn++) {
            expected.count = found.count = 1 + turn % RowDescent.STEPS;
            expected.fraction = found.fraction = 1 + random.nextInt(30);
            for (int k = 0; k < found.count; k++) {
                expected.factor[k] = found.factor[k] = random.nextInt(1 << 11);
                expected.from[k] = found.from[k] = k * outputs;
            }
            int row = turn % INPUTS * outputs;
            int flip = random.nextInt();
            plain.descend(expected, row, turn % 20, flip);
            RowArithmetic.onVectors().descend(found, row, turn % 20, flip);
            assertArrayEquals(expectedWeights, weights);
            assertArrayEquals(expectedRest, rest);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 15, 16, 17, 100})
    void shouldLeakAndLookUpAndFireAlike(int size) {
        Random random = new Random(size);
        int[] expected = ints(random, size, -65535, 65535);
        int[] found = expected.clone();
        int[] added = ints(random, size, -3, 3);
        for (int leak : new int[] {0, 1, 16384, 32767, 32768}) {
            plain.leak(leak, expected, added, 3);
            RowArithmetic.onVectors().leak(leak, found, added, 3);
            assertArrayEquals(expected, found);
        }
        boolean strict = size % 2 == 0;
        int[] a0 = ints(random, size, 0, 32768);
        int[] a1 = ints(random, size, 0, 32768);
        int[] b0 = ints(random, size, -1000, 1000);
        int[] b1 = ints(random, size, -1 << 20, 0);
        int[] floor = ints(random, size, Integer.MIN_VALUE, -1 << 24);
        int[] limit = ints(random, size, 1, 1 << 20);
        int[] membrane = ints(random, size, -1 << 29, 1 << 29);
        int[] fired = ints(random, size, 0, 1);
        int[] membraneFound = membrane.clone();
        int[] firedFound = fired.clone();
        for (int t = 0; t < 50; t++) {
            int[] input = ints(random, size, -1 << 22, 1 << 22);
            int meets = random.nextInt(size);
            input[meets] = 0; // a neuron now and then lies right at its limit
            plainNeurons.fire(membrane, fired, input, a0, b0, a1, b1, floor, limit, strict);
            NeuronArithmetic.onVectors().fire(membraneFound, firedFound, input, a0, b0, a1, b1, floor, limit, strict);
            assertArrayEquals(membrane, membraneFound);
            assertArrayEquals(fired, firedFound);
            limit[meets] = Math.max(1, membrane[meets]);
        }
        int[] sums = ints(random, size, -100, 100);
        int[] sumsFound = sums.clone();
        plainNeurons.addProducts(sums, a0, b0);
        NeuronArithmetic.onVectors().addProducts(sumsFound, a0, b0);
        plainNeurons.add(sums, b1);
        NeuronArithmetic.onVectors().add(sumsFound, b1);
        assertArrayEquals(sums, sumsFound);
    }

    @ParameterizedTest
    @ValueSource(ints = {-32512, -32513 + 128, -129, -128, -127, 0, 127, 128, 129, 32512})
    void shouldKeepAShadowWeightInTwoBytes(int shadow) {
        byte weight = RowArithmetic.rounded(shadow);
        assertEquals(shadow, (weight << RowArithmetic.SHADOW_BITS) + (byte) shadow);
        assertTrue(Math.abs(weight) <= 127);
    }
}
