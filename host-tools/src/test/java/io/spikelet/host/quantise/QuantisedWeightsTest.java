package io.spikelet.host.quantise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.model.Parameter;
import io.spikelet.model.Shape;
import io.spikelet.model.WeightKind;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuantisedWeightsTest {
    @Test
    void shouldGiveEveryChannelItsOwnScale() {
        QuantisedWeights weights = int8(new float[] {1.27f, -0.01f, -0.25f, 0.0625f}, 2);

        assertArrayEquals(new byte[] {127, -1, -127, 32}, weights.values());
        assertArrayEquals(new float[] {0.01f, 0.25f / 127}, weights.scale(), 1e-9f);
    }

    @Test
    void shouldRoundHalfToEven() {
        // Scale 1: 0.5 goes to 0, 1.5 and 2.5 to 2.
        assertArrayEquals(
                new byte[] {127, 0, 2, 2, 0, -2},
                int8(new float[] {127, 0.5f, 1.5f, 2.5f, -0.5f, -1.5f}, 1).values());
    }

    @Test
    void shouldStayWithinHalfAnLsbOfEveryWeight() {
        Random random = new Random(1);
        float[] real = new float[40 * 25];
        for (int i = 0; i < real.length; i++) {
            real[i] = (float) (random.nextGaussian() * Math.exp(i / 25 - 20));
        }

        QuantisedWeights weights = int8(real, 40);

        for (int i = 0; i < real.length; i++) {
            float scale = weights.scale()[i / 25];
            assertTrue(Math.abs(weights.values()[i] * scale - real[i]) <= 0.50001f * scale);
        }
    }

    @Test
    void shouldKeepTheSumOfEachKernelToHalfAnLsb() {
        Random random = new Random(2);
        float[] real = new float[20 * 4 * 9];
        for (int i = 0; i < real.length; i++) {
            real[i] = (float) random.nextGaussian();
        }
        for (WeightKind kind : new WeightKind[] {WeightKind.INT8, WeightKind.INT4}) {
            QuantisedWeights weights = QuantisedWeights.of(real, 20, WeightRule.AUTO.as(kind), new KernelRounding(9));
            for (int kernel = 0; kernel < real.length; kernel += 9) {
                float scale = weights.scale()[kernel / 36];
                double missing = 0;
                for (int i = kernel; i < kernel + 9; i++) {
                    double exact = real[i] / scale;
                    // In int4 the best clip cuts the largest weights; their share of the sum goes to the others.
                    double clipped = Math.abs(exact) > kind.valueMaximum() ? Double.MAX_VALUE : 1.5;
                    assertTrue(Math.abs(weights.values()[i] - exact) <= clipped, kind + " " + exact);
                    missing += exact - weights.values()[i];
                }
                assertTrue(Math.abs(missing) <= 0.5 + 1e-5, kind + " misses " + missing);
            }
        }
    }

    @Test
    void shouldMoveTheWeightsThatWereNearestToTheOtherSide() {
        // Scale 1: 0.4 + 0.4 + 0.3 round to 0 each and miss 1.1; the first 0.4 goes to 1.
        float[] real = {127, 0.4f, 0.4f, 0.3f};
        assertArrayEquals(
                new byte[] {127, 1, 0, 0},
                QuantisedWeights.of(real, 1, WeightRule.AUTO.as(WeightKind.INT8), new KernelRounding(4))
                        .values());
    }

    @Test
    void shouldGiveAChannelWithoutWeightsTheScaleOfTheLayer() {
        assertEquals(0.01f, int8(new float[] {1.27f, 0}, 2).scale()[1], 1e-9f);
        assertEquals(1f / 127, int8(new float[] {0, 0}, 2).scale()[1]);
    }

    @Test
    void shouldTellBinaryAndTernaryLayersByTheirWeights() {
        float alpha = 0.37f;
        float beta = 0.011f;
        QuantisedWeights binary = auto(new float[] {alpha, -alpha, -alpha, beta, beta, -beta}, 2);
        assertEquals(WeightKind.BINARY, binary.kind());
        assertArrayEquals(new byte[] {1, -1, -1, 1, 1, -1}, binary.values());
        assertArrayEquals(new float[] {alpha, beta}, binary.scale());

        QuantisedWeights ternary = auto(new float[] {alpha, 0, -alpha, 0, 0, 0}, 2);
        assertEquals(WeightKind.TERNARY, ternary.kind());
        assertArrayEquals(new byte[] {1, 0, -1, 0, 0, 0}, ternary.values());
        assertArrayEquals(new float[] {alpha, 0}, ternary.scale());
    }

    @Test
    void shouldKeepInt8WhereOneWeightDiffersOrNothingCanBeTold() {
        assertEquals(
                WeightKind.INT8,
                auto(new float[] {1, -1, 1, Math.nextUp(1f)}, 1).kind());
        assertEquals(WeightKind.INT8, auto(new float[] {1, -1, 1e-6f, 1e-6f}, 2).kind());
        assertEquals(WeightKind.INT8, auto(new float[] {1, -2}, 2).kind());
        assertEquals(WeightKind.INT8, auto(new float[] {0, 0, 0, 0}, 2).kind());
    }

    @Test
    void shouldGiveOnlyCodesThatTheKindAllowsAndStayNearTheWeights() {
        Random random = new Random(3);
        float[] real = new float[8 * 90];
        for (int i = 0; i < real.length; i++) {
            real[i] = (float) random.nextGaussian();
        }
        // Known for Gaussian weights: 4 bits with the best clip leave about 1 % of the power, ternary and binary 20 to
        // 40.
        double[] most = {0.0002, 0.02, 0.21, 0.39, 0.03};
        for (WeightKind kind : WeightKind.values()) {
            QuantisedWeights weights = QuantisedWeights.of(real, 8, WeightRule.AUTO.as(kind), new KernelRounding(1));
            double error = 0;
            double power = 0;
            for (int i = 0; i < real.length; i++) {
                assertTrue(kind.allows(weights.values()[i]), kind + " " + weights.values()[i]);
                double back = kind.value(weights.values()[i]) * (double) weights.scale()[i / 90];
                error += (back - real[i]) * (back - real[i]);
                power += real[i] * real[i];
            }
            assertTrue(error / power < most[kind.ordinal()], kind + " loses " + error / power);
        }
    }

    @Test
    void shouldCodePowersOfTheRootOfTwoExactly() {
        float[] real = {1, 0.5f, -0.25f, 0, (float) -Math.sqrt(0.5), 1f / 128};
        QuantisedWeights weights =
                QuantisedWeights.of(real, 1, WeightRule.AUTO.as(WeightKind.LOG2), new KernelRounding(1));
        for (int i = 0; i < real.length; i++) {
            assertEquals(real[i], WeightKind.LOG2.value(weights.values()[i]) * weights.scale()[0], 1.3e-4f);
        }
    }

    @Test
    void shouldShareOneScaleWhereAskedToWhateverTheKind() {
        float[] real = {1.27f, -0.01f, -0.25f, 0.0625f};
        for (WeightKind kind : WeightKind.values()) {
            float[] scale = QuantisedWeights.of(
                            real, 2, WeightRule.AUTO.as(kind).withOneScaleALayer(), new KernelRounding(1))
                    .scale();
            assertEquals(scale[0], scale[1], kind.toString());
        }
        QuantisedWeights int8 = QuantisedWeights.of(
                real, 2, WeightRule.AUTO.as(WeightKind.INT8).withOneScaleALayer(), new KernelRounding(1));
        assertArrayEquals(new byte[] {127, -1, -25, 6}, int8.values());
    }

    @Test
    void shouldChooseAmongPowersOfTwoTheOneWithTheLeastError() {
        Random random = new Random(6);
        for (WeightKind kind : WeightKind.values()) {
            float[] real = new float[64];
            for (int i = 0; i < real.length; i++) {
                real[i] = (float) random.nextGaussian();
            }
            QuantisedWeights weights =
                    QuantisedWeights.of(real, 4, WeightRule.AUTO.as(kind).withPowersOfTwo(), new KernelRounding(1));
            for (int o = 0; o < 4; o++) {
                float scale = weights.scale()[o];
                assertEquals(scale, Math.scalb(1f, Math.getExponent(scale)), kind.toString());
                if (kind == WeightKind.INT8 || kind == WeightKind.INT4) {
                    double error = squaredError(real, o, scale, kind.valueMaximum());
                    assertTrue(error <= squaredError(real, o, 2 * scale, kind.valueMaximum()), kind.toString());
                    assertTrue(error <= squaredError(real, o, scale / 2, kind.valueMaximum()), kind.toString());
                }
            }
        }
    }

    private static double squaredError(float[] real, int row, float scale, int limit) {
        double error = 0;
        for (int i = 16 * row; i < 16 * row + 16; i++) {
            double back = Math.clamp(Math.rint(real[i] / scale), -limit, limit) * scale;
            error += (back - real[i]) * (back - real[i]);
        }
        return error;
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

    private static QuantisedWeights int8(float[] weights, int rows) {
        return QuantisedWeights.of(weights, rows, WeightRule.AUTO.as(WeightKind.INT8), new KernelRounding(1));
    }

    private static QuantisedWeights auto(float[] weights, int rows) {
        return QuantisedWeights.of(weights, rows, WeightRule.AUTO, new KernelRounding(1));
    }
}
