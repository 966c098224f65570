package io.spikelet.bench.energy;

import java.util.Arrays;

/** Edges of a recording with the energy up to each, so that windows cut on them are exact whatever became of the samples. */
final class RecordedEdges {
    private static final int MOST = 1 << 16;

    private long[] nanos = new long[64];
    private byte[] codes = new byte[64]; // input << 1 | rising
    private double[] energy = new double[64]; // J from the first sample
    private double[] border = new double[64]; // J, limit of the interpolation's error
    private int size;
    private int settled;
    private long dropped;

    void add(long atNanos, int input, boolean rising) {
        if (size == MOST) {
            dropped++;
            return;
        }
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
            codes = Arrays.copyOf(codes, 2 * size);
            energy = Arrays.copyOf(energy, 2 * size);
            border = Arrays.copyOf(border, 2 * size);
        }
        nanos[size] = atNanos;
        codes[size++] = (byte) (input << 1 | (rising ? 1 : 0));
    }

    /** The first edge whose energy is not known yet, or the largest time. */
    long unsettledNanos() {
        return settled < size ? nanos[settled] : Long.MAX_VALUE;
    }

    void settle(double joules, double borderJoules) {
        energy[settled] = joules;
        border[settled++] = borderJoules;
    }

    int size() {
        return size;
    }

    long dropped() {
        return dropped;
    }

    long nanos(int edge) {
        return nanos[edge];
    }

    boolean falls(int edge, int input) {
        return codes[edge] == input << 1;
    }

    /** A settled edge at exactly this time, or -1. */
    int at(double atNanos) {
        long whole = Math.round(atNanos);
        int found = whole == atNanos ? Arrays.binarySearch(nanos, 0, settled, whole) : -1;
        return Math.max(found, -1);
    }

    double energy(int edge) {
        return energy[edge];
    }

    double border(int edge) {
        return border[edge];
    }
}
