package io.spikelet.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.spikelet.engine.Kernels;
import io.spikelet.engine.rows.NeuronArithmetic;
import io.spikelet.fixedpoint.Q15;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SurrogateTest {
    private static final int NEURONS = 999;

    private static int[] slopes(int threshold, int[] membrane, NeuronArithmetic neurons) {
        int[] one = new int[NEURONS];
        java.util.Arrays.fill(one, threshold);
        int[] slopes = new int[NEURONS + 3];
        new Surrogate(one, neurons).slopes(membrane, slopes, 3);
        return slopes;
    }

    private static int[] membranes(int threshold) {
        Random random = new Random(threshold);
        int[] membrane = new int[NEURONS];
        for (int n = 0; n < NEURONS; n++) {
            membrane[n] = Math.clamp(
                    Math.round((random.nextDouble() * 6 - 2) * threshold), Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        membrane[0] = Integer.MIN_VALUE;
        membrane[1] = Integer.MAX_VALUE;
        membrane[2] = threshold;
        return membrane;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100, 127, 4096, 16384, 32767, 65537, 1 << 20, 1 << 28})
    void shouldBeTheSlopeOfTheSigmoidWithinACell(int threshold) {
        int[] membrane = membranes(threshold);
        int[] slopes = slopes(threshold, membrane, NeuronArithmetic.plain());
        for (int n = 0; n < NEURONS; n++) {
            double x = (double) membrane[n] / threshold - 1;
            double sigmoid = 1 / (1 + Math.exp(-4 * x));
            double expected = Math.abs(x) > 2 ? 0 : 4 * sigmoid * (1 - sigmoid);
            // Half a cell of 1/128 of a threshold, where the slope of psi is at most 1.54, and the cut at 2.
            assertEquals(expected, (double) slopes[3 + n] / Q15.ONE, 0.0075, "x = " + x);
        }
        assertEquals(Q15.ONE, slopes[3 + 2]);
        assertEquals(0, slopes[3]);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 127, 16384, 1 << 20, 1 << 28})
    void shouldBeTheSameOnVectors(int threshold) {
        Assumptions.assumeTrue(Kernels.VECTOR.isPresent(), "the JVM was started without jdk.incubator.vector");
        int[] membrane = membranes(threshold);
        assertArrayEquals(
                slopes(threshold, membrane, NeuronArithmetic.plain()),
                slopes(threshold, membrane, NeuronArithmetic.onVectors()));
    }
}
