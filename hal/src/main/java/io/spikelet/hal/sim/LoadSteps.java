package io.spikelet.hal.sim;

import java.util.Arrays;

/** A staircase that grows at its end, with the energy up to each of its steps. */
final class LoadSteps implements PowerTrace {
    private static final double NANO = 1e-9;
    private static final int FIRST_ROOM = 16;

    private long[] nanos = new long[FIRST_ROOM];
    private double[] watts = new double[FIRST_ROOM];
    private double[] joules = new double[FIRST_ROOM];
    private int size;

    LoadSteps(long[] nanos, double[] watts) {
        if (nanos.length != watts.length) {
            throw new IllegalArgumentException(
                    "each step has a time and a power: " + nanos.length + " times, " + watts.length + " powers");
        }
        for (int i = 0; i < nanos.length; i++) {
            add(nanos[i], watts[i]);
        }
    }

    /** From here on, so much; not before the last step. */
    void add(long atNanos, double level) {
        if (size > 0 && atNanos < nanos[size - 1]) {
            throw new IllegalArgumentException("steps rise in time: " + atNanos + " ns after " + nanos[size - 1] + " ns");
        }
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
            watts = Arrays.copyOf(watts, 2 * size);
            joules = Arrays.copyOf(joules, 2 * size);
        }
        joules[size] = size == 0 ? 0 : joules[size - 1] + watts[size - 1] * NANO * (atNanos - nanos[size - 1]);
        nanos[size] = atNanos;
        watts[size++] = level;
    }

    void clear() {
        size = 0;
    }

    /** The last step that begins at or before a moment; −1 before the first. */
    private int stepAt(long moment) {
        if (size == 0 || moment < nanos[0]) {
            return -1;
        }
        if (moment >= nanos[size - 1]) {
            return size - 1; // the usual case: time goes on
        }
        int low = 0;
        int high = size - 1;
        while (high - low > 1) {
            int middle = low + high >>> 1;
            if (nanos[middle] <= moment) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public double watts(long moment) {
        int step = stepAt(moment);
        return step < 0 ? 0 : watts[step];
    }

    @Override
    public double joulesUntil(long moment) {
        int step = stepAt(moment);
        return step < 0 ? 0 : joules[step] + watts[step] * NANO * (moment - nanos[step]);
    }
}
