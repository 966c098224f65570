package io.spikelet.learn;

import io.spikelet.fixedpoint.Q15;
import java.util.Arrays;

/**
 * The Hoyer extrema of one layer's membranes in one sample, {@code Σc² / Σc} of {@code c = clamp(u, 0, V)}, over the neurons of
 * a group and all steps (equation L17; Datta et al., arXiv 2212.10170). Integers only; serves one thread.
 */
public final class HoyerExtremum {
    /** An extremum of 1.0, which is the clip V itself, is 2^30. */
    public static final int BITS = 30;

    private static final int RECIPROCAL_BITS = 46;

    /** V is at most 2^31 − 1; values that enter the sums are Q1.15 of it. */
    private final int[] clip;

    /** (neurons) 2^46 / V. */
    private final long[] reciprocal;

    private final int groupSize;
    private final long[] squares;
    private final long[] sums;

    /**
     * @param threshold (neurons) those of the image, 1..2^28 membrane LSBs
     * @param membraneClip V in thresholds, above 0 and at most 16
     * @param groups 1 for the whole layer, or its channels
     */
    public HoyerExtremum(int[] threshold, double membraneClip, int groups) {
        groupSize = threshold.length / groups;
        squares = new long[groups];
        sums = new long[groups];
        clip = new int[threshold.length];
        reciprocal = new long[threshold.length];
        for (int n = 0; n < clip.length; n++) {
            clip[n] = Math.clamp((long) StrictMath.rint(membraneClip * threshold[n]), 1, Integer.MAX_VALUE);
            reciprocal[n] = (long) StrictMath.rint((double) (1L << RECIPROCAL_BITS) / clip[n]);
        }
    }

    public int groups() {
        return sums.length;
    }

    public void beginSample() {
        Arrays.fill(squares, 0);
        Arrays.fill(sums, 0);
    }

    /** @param membrane (neurons) of one step, before any reset */
    public void step(int[] membrane) {
        int n = 0;
        for (int g = 0; g < sums.length; g++) {
            long square = 0;
            long sum = 0;
            for (int end = n + groupSize; n < end; n++) {
                int clipped = Math.max(0, Math.min(membrane[n], clip[n]));
                long share =
                        clipped * reciprocal[n] + (1L << RECIPROCAL_BITS - Q15.BITS - 1) >> RECIPROCAL_BITS - Q15.BITS;
                square += share * share;
                sum += share;
            }
            squares[g] += square;
            sums[g] += sum;
        }
    }

    /** The extremum of a group since the sample began, in clips, Q1.30; 0 where no membrane was above 0. */
    public int of(int group) {
        long sum = sums[group];
        if (sum == 0) {
            return 0;
        }
        // Sums are below 2^32 · 2^15, so that nothing here leaves 64 bits.
        long whole = squares[group] / sum;
        long rest = squares[group] % sum;
        return (int) ((whole << BITS - Q15.BITS) + (rest << BITS - Q15.BITS) / sum);
    }
}
