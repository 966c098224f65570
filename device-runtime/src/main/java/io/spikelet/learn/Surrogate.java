package io.spikelet.learn;

import io.spikelet.engine.rows.NeuronArithmetic;
import io.spikelet.fixedpoint.Q15;

/**
 * The surrogate slopes of a layer's spikes, {@code ψ(x) = 4·σ(4x)·(1 − σ(4x))} with {@code x} the distance of a membrane
 * from its threshold, in thresholds (equation L3). Cut to 0 beyond |x| = 2, where it is below 0.0014.
 */
final class Surrogate {
    /** Table cells for one threshold's width. */
    private static final int CELLS = 128;

    private static final int REACH = 2 * CELLS;

    /** A cell of 0 at either end, which whatever lies beyond falls into. */
    private static final int RIM = 1;

    private static final int RECIPROCAL_BITS = 20;

    /** A distance in cells is a product of 31 bits. */
    private static final int DISTANCE_BITS = 15;

    /** (2·(REACH + RIM) + 1) Q1.15, from the middle, x = 0. */
    private static final int[] TABLE = table();

    private NeuronArithmetic neurons;
    private final int[] one;
    private final int[] low;
    private final int[] high;
    private final int[] shift;
    private final int[] reciprocal;
    private final int[] cells;

    /** @param one (neurons) membrane LSBs of a threshold, 1..2^28 */
    Surrogate(int[] one, NeuronArithmetic neurons) {
        this.one = one;
        this.neurons = neurons;
        low = new int[one.length];
        high = new int[one.length];
        shift = new int[one.length];
        reciprocal = new int[one.length];
        cells = new int[one.length];
        for (int n = 0; n < one.length; n++) {
            int beyond = one[n] / (CELLS / 2) + 1;
            low[n] = -one[n] - beyond;
            high[n] = 3 * one[n] + beyond;
            shift[n] = Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(2 * one[n]) - DISTANCE_BITS);
            double unit = StrictMath.scalb((double) one[n], -shift[n]);
            reciprocal[n] = (int) StrictMath.rint(CELLS * (double) (1 << RECIPROCAL_BITS) / unit);
        }
    }

    /** Changes the loop, never a bit. */
    void use(NeuronArithmetic neurons) {
        this.neurons = neurons;
    }

    private static int[] table() {
        int[] table = new int[2 * (REACH + RIM) + 1];
        for (int cell = -REACH; cell <= REACH; cell++) {
            double sigmoid = 1 / (1 + StrictMath.exp(-4.0 * cell / CELLS));
            table[cell + REACH + RIM] = (int) StrictMath.rint(4 * sigmoid * (1 - sigmoid) * Q15.ONE);
        }
        return table;
    }

    /**
     * ψ of every neuron, Q1.15.
     *
     * @param membrane (neurons) before any reset
     * @param into takes them from {@code at} on
     */
    void slopes(int[] membrane, int[] into, int at) {
        neurons.lookUp(membrane, low, high, one, shift, reciprocal, TABLE, cells, into, at);
    }
}
