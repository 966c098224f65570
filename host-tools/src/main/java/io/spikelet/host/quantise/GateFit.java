package io.spikelet.host.quantise;

import io.spikelet.host.graph.Attention;
import io.spikelet.model.AttentionGate;

/**
 * Puts an attention into fixed point (docs/equations.md, A1): int8 weights of one LSB a matrix, and steps of about 15 bits
 * that take a sum's LSB to cells of the logistic's table. The mean's divisor goes into the channels' step.
 */
final class GateFit {
    private static final int CELLS_PER_UNIT = 16;
    private static final int WEIGHT_MAXIMUM = 127;
    private static final int STEP_BITS = 15;

    /** A bias of as many bits beside weights that are far smaller; its sum still fits 31. */
    private static final int BIAS_BITS = 20;

    private GateFit() {}

    static AttentionGate of(Attention attention, int area) {
        double spatialUnit = Math.max(
                unit(attention.spatial().values()), Math.abs((double) attention.spatialBias()) / (1 << BIAS_BITS));
        double squeezeUnit = unit(attention.squeeze().values());
        double exciteUnit = unit(attention.excite().values());
        Step ofPixel = Step.of(spatialUnit);
        Step ofChannel = Step.of(squeezeUnit * exciteUnit / area);
        return new AttentionGate(
                codes(attention.spatial().values(), spatialUnit),
                spatialUnit == 0 ? 0 : (int) Math.rint(attention.spatialBias() / spatialUnit),
                ofPixel.step(),
                ofPixel.shift(),
                attention.hidden(),
                codes(attention.squeeze().values(), squeezeUnit),
                codes(attention.excite().values(), exciteUnit),
                ofChannel.step(),
                ofChannel.shift());
    }

    /** The real value of one LSB; 0 where all weights are. */
    private static double unit(float[] weights) {
        double largest = 0;
        for (float weight : weights) {
            largest = Math.max(largest, Math.abs((double) weight));
        }
        return largest / WEIGHT_MAXIMUM;
    }

    private static byte[] codes(float[] weights, double unit) {
        byte[] codes = new byte[weights.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = unit == 0 ? 0 : (byte) Math.rint(weights[i] / unit);
        }
        return codes;
    }

    /** Cells for one LSB of a sum, {@code step / 2^shift}. */
    private record Step(int step, int shift) {
        static Step of(double unit) {
            double cells = CELLS_PER_UNIT * unit;
            int exponent = cells == 0 ? 0 : Math.getExponent(cells);
            int shift = Math.clamp(STEP_BITS - 1 - exponent, AttentionGate.LEAST_SHIFT, AttentionGate.MOST_SHIFT);
            // A step that is clipped is of sums whose every LSB leaves the table.
            return new Step((int) Math.min(Integer.MAX_VALUE, Math.rint(Math.scalb(cells, shift))), shift);
        }
    }
}
