package io.spikelet.learn;

import io.spikelet.fixedpoint.Q15;
import io.spikelet.model.LearningMethod;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How far a gradient moves each output channel's weights: the step itself, or under {@link
 * LearningMethod.Optimiser#ADAPTIVE} the step over the root of the channel's mean square gradient (equation L14).
 */
final class StepSizes {
    /** A rate of 1 is 2^10 of what it moves. */
    static final int BITS = 10;

    /** No gradient counts as more than so many roots of its mean square, Q15. */
    private static final long MOST_NORMAL = 16L << Q15.BITS;

    /** Samples that the mean square looks back over: 2^6. */
    private static final int MEMORY_SHIFT = 6;

    /** (channels) shadow LSBs for a gradient of 1.0, · 2^10. */
    private final long[] rate;

    /** (channels) bias LSBs for a gradient of 1.0, · 2^10. */
    private final long[] biasRate;

    /** (channels) mean squares of gradient LSBs; null where steps are not normalised. */
    private final long[] meanSquare;

    /** (channels) the same of bias gradients, Q15 each. */
    private final long[] biasSquare;

    private final int gradientBits;

    /** (channels) what a weight's gradient is to be multiplied with at this update, · 2^10. */
    final long[] weight;

    /** (channels) the same of the bias, before it is normalised. */
    private final long[] bias;

    StepSizes(long[] rate, long[] biasRate, boolean adaptive, int gradientBits) {
        this.rate = rate;
        this.biasRate = biasRate;
        this.gradientBits = gradientBits;
        meanSquare = adaptive ? new long[rate.length] : null;
        biasSquare = adaptive ? new long[rate.length] : null;
        weight = new long[rate.length];
        bias = new long[rate.length];
    }

    /** @param mostPace the largest absolute pace of an update, in whole steps */
    boolean isBounded(int mostPace) {
        long worst = 0;
        long worstBias = 0;
        for (int c = 0; c < rate.length; c++) {
            worst = Math.max(worst, rate[c]);
            worstBias = Math.max(worstBias, biasRate[c]);
        }
        // A normalised rate has up to 14 bits more, its gradient up to 28.
        int most = meanSquare == null ? Integer.MAX_VALUE : 1 << 20;
        return worst <= most / mostPace && worstBias <= Integer.MAX_VALUE / mostPace;
    }

    /**
     * @param pace what of η is used, Q1.15; negative ones climb
     * @param rows (rows, filters) gradients
     * @param biases (channels) gradients, Q.15
     */
    void prepare(int pace, ConvGeometry geometry, int[] rows, long[] biases) {
        for (int c = 0; c < rate.length; c++) {
            weight[c] = rate[c] * pace >> Q15.BITS;
            bias[c] = biasRate[c] * pace >> Q15.BITS;
        }
        if (meanSquare != null) {
            normalise(geometry, rows, biases);
        }
    }

    private void normalise(ConvGeometry geometry, int[] rows, long[] biases) {
        int filters = geometry.filters();
        int column = geometry.rows() / geometry.groups();
        for (int c = 0; c < rate.length; c++) {
            long sum = 0;
            int first = c / filters * column;
            for (int r = first; r < first + column; r++) {
                // Above 2^20 gradient LSBs the square would outgrow the sum.
                long gradient = Math.clamp((long) rows[r * filters + c % filters], -1 << 20, 1 << 20);
                sum += gradient * gradient;
            }
            long ofBias = Math.clamp(biases[c], -1 << 20, 1 << 20);
            meanSquare[c] = followed(meanSquare[c], sum / column);
            biasSquare[c] = followed(biasSquare[c], ofBias * ofBias);
            weight[c] = (weight[c] << gradientBits) / Math.max(1, root(meanSquare[c]));
        }
    }

    /**
     * How far a bias moves, membrane LSBs · 2^25.
     *
     * @param gradient Q.15
     */
    long ofBias(int channel, long gradient) {
        if (biasSquare == null) {
            return Math.clamp(gradient, -1L << 31, 1L << 31) * bias[channel];
        }
        long bounded = Math.clamp(gradient, -1 << 24, 1 << 24);
        long normal = (bounded << Q15.BITS) / Math.max(1, root(biasSquare[channel]));
        return Math.clamp(normal, -MOST_NORMAL, MOST_NORMAL) * bias[channel];
    }

    private static long followed(long mean, long square) {
        return mean == 0 ? square : mean + (square - mean >> MEMORY_SHIFT);
    }

    /** {@code ⌊√value⌋}, bit by bit, so that no processor's square root is asked. */
    static long root(long value) {
        long rest = value;
        long root = 0;
        for (long bit = 1L << 62; bit != 0; bit >>= 2) {
            if (rest >= root + bit) {
                rest -= root + bit;
                root = (root >> 1) + bit;
            } else {
                root >>= 1;
            }
        }
        return root;
    }

    void reset() {
        if (meanSquare != null) {
            Arrays.fill(meanSquare, 0);
            Arrays.fill(biasSquare, 0);
        }
    }

    int stateBytes() {
        return meanSquare == null ? 0 : 2 * meanSquare.length * Long.BYTES;
    }

    void save(ByteBuffer into) {
        for (int c = 0; meanSquare != null && c < meanSquare.length; c++) {
            into.putLong(meanSquare[c]).putLong(biasSquare[c]);
        }
    }

    boolean restore(ByteBuffer from) {
        for (int c = 0; meanSquare != null && c < meanSquare.length; c++) {
            meanSquare[c] = from.getLong();
            biasSquare[c] = from.getLong();
            if (Math.max(meanSquare[c], biasSquare[c]) > 1L << 40 || Math.min(meanSquare[c], biasSquare[c]) < 0) {
                return false;
            }
        }
        return true;
    }
}
