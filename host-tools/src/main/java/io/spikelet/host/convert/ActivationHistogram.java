package io.spikelet.host.convert;

/**
 * How large the values of one layer get: counts over bins of one width, which doubles whenever a value lies beyond the last.
 * A quantile is right to one bin, 1/2048 of the largest value or less.
 */
final class ActivationHistogram {
    private static final int BINS = 4096;

    private final long[] counts = new long[BINS];
    private double width = 1.0 / BINS;
    private long total;
    private float largest;

    /** Takes values of 0 or more. */
    void add(float[] values) {
        for (float value : values) {
            while (value >= width * BINS) {
                widen();
            }
            counts[(int) (value / width)]++;
            largest = Math.max(largest, value);
        }
        total += values.length;
    }

    private void widen() {
        for (int bin = 0; bin < BINS / 2; bin++) {
            counts[bin] = counts[2 * bin] + counts[2 * bin + 1];
        }
        java.util.Arrays.fill(counts, BINS / 2, BINS, 0);
        width *= 2;
    }

    /** The largest value. */
    float largest() {
        return largest;
    }

    /**
     * The value that a share of all values do not exceed; 0 where there were none.
     *
     * @param share 0..1
     */
    float quantile(double share) {
        long wanted = (long) Math.ceil(share * total);
        long below = 0;
        for (int bin = 0; bin < BINS; bin++) {
            below += counts[bin];
            if (below >= wanted) {
                return (float) Math.min(largest, (bin + 1) * width);
            }
        }
        return largest;
    }
}
