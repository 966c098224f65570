package io.spikelet.bench.energy;

import java.util.Arrays;

/** Times of a recording without samples. */
final class RecordedGaps {
    private static final int MOST = 1 << 16;

    private long[] from = new long[16];
    private long[] to = new long[16];
    private int size;

    /** Beyond the bound a gap is joined to the last one, and windows there are refused as they should. */
    void add(long fromNanos, long toNanos) {
        if (size == MOST) {
            to[size - 1] = toNanos;
            return;
        }
        if (size == from.length) {
            from = Arrays.copyOf(from, 2 * size);
            to = Arrays.copyOf(to, 2 * size);
        }
        from[size] = fromNanos;
        to[size++] = toNanos;
    }

    /** Sum of what lies within, s. */
    double total(double fromNanos, double toNanos) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += Math.max(0, Math.min(to[i], toNanos) - Math.max(from[i], fromNanos));
        }
        return sum * 1e-9;
    }

    /** Root of the sum of squares of what lies within, s. */
    double spread(double fromNanos, double toNanos) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            double within = Math.max(0, Math.min(to[i], toNanos) - Math.max(from[i], fromNanos));
            sum += within * within;
        }
        return Math.sqrt(sum) * 1e-9;
    }

    /** The longest that touches the time, whole, s. */
    double longest(double fromNanos, double toNanos) {
        long longest = 0;
        for (int i = 0; i < size; i++) {
            if (to[i] > fromNanos && from[i] < toNanos) {
                longest = Math.max(longest, to[i] - from[i]);
            }
        }
        return longest * 1e-9;
    }
}
