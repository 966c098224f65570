package io.spikelet.feature;

import java.util.Arrays;

/** Triangular bands, evenly spaced in mel (2595 · log10(1 + f / 700)), over the bins of {@link PowerSpectrum}. */
final class FilterBank {
    static final int BANDS = 24;

    private static final double LOWEST_HERTZ = 100;
    private static final double HIGHEST_HERTZ = 3800;
    private static final int WEIGHT_BITS = 8;

    /** (bands, bins) Q8. */
    private final int[] weight = new int[BANDS * PowerSpectrum.BINS];

    FilterBank(int sampleRate) {
        double[] edge = new double[BANDS + 2];
        for (int e = 0; e < edge.length; e++) {
            double mel = mel(LOWEST_HERTZ) + (mel(HIGHEST_HERTZ) - mel(LOWEST_HERTZ)) * e / (BANDS + 1);
            edge[e] = hertz(mel) / sampleRate * PowerSpectrum.SAMPLES;
        }
        for (int b = 0; b < BANDS; b++) {
            int row = b * PowerSpectrum.BINS;
            for (int k = 0; k < PowerSpectrum.BINS; k++) {
                double rise = (k - edge[b]) / (edge[b + 1] - edge[b]);
                double fall = (edge[b + 2] - k) / (edge[b + 2] - edge[b + 1]);
                weight[row + k] = (int) StrictMath.rint(Math.max(0, Math.min(rise, fall)) * (1 << WEIGHT_BITS));
            }
            if (Arrays.stream(weight, row, row + PowerSpectrum.BINS).sum() == 0) {
                // A band narrower than a bin takes the nearest one.
                weight[row + (int) StrictMath.rint(edge[b + 1])] = 1 << WEIGHT_BITS;
            }
        }
    }

    private static double mel(double hertz) {
        return 2595 * StrictMath.log10(1 + hertz / 700);
    }

    private static double hertz(double mel) {
        return 700 * (StrictMath.pow(10, mel / 2595) - 1);
    }

    /** log2(1 + Σ weight · power / 2^8) of each band, Q8, from {@code at}. */
    void logarithms(long[] power, int[] into, int at) {
        for (int b = 0; b < BANDS; b++) {
            int row = b * PowerSpectrum.BINS;
            long sum = 0;
            for (int k = 0; k < PowerSpectrum.BINS; k++) {
                // All power is below 2^51 and weights are at most 2^8: below 2^59.
                sum += weight[row + k] * power[k];
            }
            into[at + b] = Log2.of(1 + (sum >> WEIGHT_BITS));
        }
    }
}
