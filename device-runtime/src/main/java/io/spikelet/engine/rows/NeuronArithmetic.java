package io.spikelet.engine.rows;

import io.spikelet.fixedpoint.Q15;

/** Plain loops over neurons, which define the result; {@link #onVectors} gives their fast twin. */
public class NeuronArithmetic {
    private static final NeuronArithmetic PLAIN = new NeuronArithmetic();

    NeuronArithmetic() {}

    public static NeuronArithmetic plain() {
        return PLAIN;
    }

    /** The vector twin; only where the module jdk.incubator.vector is. */
    public static NeuronArithmetic onVectors() {
        return VectorNeuronArithmetic.VECTORS;
    }

    /** {@code sums[n] += factors[n] · values[n]}. */
    public void addProducts(int[] sums, int[] factors, int[] values) {
        for (int n = 0; n < sums.length; n++) {
            sums[n] += factors[n] * values[n];
        }
    }

    /** {@code sums[n] += values[n]}. */
    public void add(int[] sums, int[] values) {
        for (int n = 0; n < sums.length; n++) {
            sums[n] += values[n];
        }
    }

    /**
     * {@code u ← max(trunc(a·u) + b + input, floor)}, then a spike above the limit, or at it too where the comparison is not
     * strict; a and b are those of a neuron that fired if it did at the step before.
     *
     * @param fired (neurons) 0 or 1, read and written
     */
    public void fire(
            int[] membrane,
            int[] fired,
            int[] input,
            int[] a0,
            int[] b0,
            int[] a1,
            int[] b1,
            int[] floor,
            int[] limit,
            boolean strict) {
        for (int n = 0; n < membrane.length; n++) {
            fire(membrane, fired, input, a0, b0, a1, b1, floor, limit, strict, n);
        }
    }

    static void fire(
            int[] membrane,
            int[] fired,
            int[] input,
            int[] a0,
            int[] b0,
            int[] a1,
            int[] b1,
            int[] floor,
            int[] limit,
            boolean strict,
            int n) {
        int u = membrane[n];
        u = fired[n] != 0 ? Q15.leak(a1[n], u) + b1[n] : Q15.leak(a0[n], u) + b0[n];
        u = Math.max(u + input[n], floor[n]);
        membrane[n] = u;
        fired[n] = (strict ? u > limit[n] : u >= limit[n]) ? 1 : 0;
    }

    /**
     * {@code into[at + n] = table[cell]}, {@code cell = (clamp(membrane, low, high) − one >> shift) · reciprocal / 2^20}
     * rounded, counted from the middle of the table; what lies beyond takes the cell at its end.
     *
     * @param cells (neurons) for the loop's own use
     */
    public void lookUp(
            int[] membrane,
            int[] low,
            int[] high,
            int[] one,
            int[] shift,
            int[] reciprocal,
            int[] table,
            int[] cells,
            int[] into,
            int at) {
        for (int n = 0; n < membrane.length; n++) {
            int distance = Math.clamp(membrane[n], low[n], high[n]) - one[n];
            into[at + n] = table[cell(distance, shift[n], reciprocal[n], table.length / 2)];
        }
    }

    static final int RECIPROCAL_BITS = 20;

    static int cell(int distance, int shift, int reciprocal, int middle) {
        int cell = (distance >> shift) * reciprocal + (1 << RECIPROCAL_BITS - 1) >> RECIPROCAL_BITS;
        return middle + Math.max(-middle, Math.min(cell, middle));
    }
}
