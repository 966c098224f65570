package io.spikelet.host.quantise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.model.Parameter;
import io.spikelet.model.Shape;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuantisedWeightsTest {
    @Test
    void shouldGiveEveryChannelItsOwnScale() {
        QuantisedWeights weights = QuantisedWeights.of(new float[] {1.27f, -0.01f, -0.25f, 0.0625f}, 2);

        assertArrayEquals(new byte[] {127, -1, -127, 32}, weights.values());
        assertArrayEquals(new float[] {0.01f, 0.25f / 127}, weights.scale(), 1e-9f);
    }

    @Test
    void shouldRoundHalfToEven() {
        // Scale 1: 0.5 goes to 0, 1.5 and 2.5 to 2.
        assertArrayEquals(
                new byte[] {127, 0, 2, 2, 0, -2},
                QuantisedWeights.of(new float[] {127, 0.5f, 1.5f, 2.5f, -0.5f, -1.5f}, 1)
                        .values());
    }

    @Test
    void shouldStayWithinHalfAnLsbOfEveryWeight() {
        Random random = new Random(1);
        float[] real = new float[40 * 25];
        for (int i = 0; i < real.length; i++) {
            real[i] = (float) (random.nextGaussian() * Math.exp(i / 25 - 20));
        }

        QuantisedWeights weights = QuantisedWeights.of(real, 40);

        for (int i = 0; i < real.length; i++) {
            float scale = weights.scale()[i / 25];
            assertTrue(Math.abs(weights.values()[i] * scale - real[i]) <= 0.50001f * scale);
        }
    }

    @Test
    void shouldGiveAChannelWithoutWeightsTheScaleOfTheLayer() {
        assertEquals(0.01f, QuantisedWeights.of(new float[] {1.27f, 0}, 2).scale()[1], 1e-9f);
        assertEquals(1f / 127, QuantisedWeights.of(new float[] {0, 0}, 2).scale()[1]);
    }

    @Test
    void shouldStoreAParameterAsRarelyAsItCanBe() {
        Shape shape = new Shape(2, 1, 3);
        for (int[] values : new int[][] {{5, 5, 5, 5, 5, 5}, {1, 1, 1, 2, 2, 2}, {1, 1, 1, 1, 1, 2}}) {
            int[] packed = ParameterPacking.pack(values, shape);
            assertArrayEquals(values, Parameter.perNeuron(packed, shape));
        }
        assertEquals(1, ParameterPacking.pack(new int[] {5, 5, 5, 5, 5, 5}, shape).length);
        assertEquals(2, ParameterPacking.pack(new int[] {1, 1, 1, 2, 2, 2}, shape).length);
        assertEquals(6, ParameterPacking.pack(new int[] {1, 1, 1, 1, 1, 2}, shape).length);
    }
}
