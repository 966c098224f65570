package io.spikelet.engine.rows;

import io.spikelet.fixedpoint.Q15;

/**
 * Plain loops over one row, which define the result; {@link #onVectors} gives their fast twin. Sums are of 32 bits and
 * must be proved to fit by whoever asks for them.
 */
public class RowArithmetic {
    /** Fraction bits of a shadow weight: its LSB is 2^−8 of a weight's. */
    public static final int SHADOW_BITS = 8;

    static final int ROUNDING = 1 << SHADOW_BITS - 1;

    private static final RowArithmetic PLAIN = new RowArithmetic();

    RowArithmetic() {}

    public static RowArithmetic plain() {
        return PLAIN;
    }

    /** The vector twin; only where the module jdk.incubator.vector is. */
    public static RowArithmetic onVectors() {
        return VectorRowArithmetic.VECTORS;
    }

    /** {@code sums[o] += factor · weights[row + o]}. */
    public void add(byte[] weights, int row, int factor, int[] sums) {
        for (int o = 0; o < sums.length; o++) {
            sums[o] += factor * weights[row + o];
        }
    }

    /** The same for two rows: {@code sums[o] += a · weights[rowA + o] + b · weights[rowB + o]}. */
    public void addTwo(byte[] weights, int rowA, int a, int rowB, int b, int[] sums) {
        for (int o = 0; o < sums.length; o++) {
            sums[o] += a * weights[rowA + o] + b * weights[rowB + o];
        }
    }

    /**
     * {@code into[t] = Σ_o weights[row + o] · factors[t · outputs + o]} for each step t.
     *
     * @param factors (steps, outputs)
     * @param into (steps)
     */
    public void dots(byte[] weights, int row, int[] factors, int steps, int outputs, int[] into) {
        for (int t = 0; t < steps; t++) {
            int sum = 0;
            for (int o = 0; o < outputs; o++) {
                sum += weights[row + o] * factors[t * outputs + o];
            }
            into[t] = sum;
        }
    }

    /**
     * {@code values[i] ← trunc(leak · values[i]) + (added[i] << bits)}, the leak rounded toward zero.
     *
     * @param leak Q1.15
     * @param values of absolute values below 2^16
     */
    public void leak(int leak, int[] values, int[] added, int bits) {
        for (int i = 0; i < values.length; i++) {
            int product = leak * values[i];
            values[i] = (product + (product >> 31 & Q15.ONE - 1) >> Q15.BITS) + (added[i] << bits);
        }
    }

    /**
     * {@code shadow ← clamp(shadow − round(Σ_k factor[k] · factors[from[k] + o] / 2^fraction))} for a row, stochastically:
     * {@code fraction} random bits are added before the shift. The sum's absolute value is below 2^30.
     *
     * @param noiseFrom where the row's own noise begins
     * @param flip the row's own random bits, which all of its noise is combined with
     */
    public void descend(RowDescent of, int row, int noiseFrom, int flip) {
        descend(of, row, noiseFrom, flip, 0);
    }

    /** The outputs from {@code first} on. */
    static void descend(RowDescent of, int row, int noiseFrom, int flip, int first) {
        int[] factors = of.factors;
        int[] noise = of.noise;
        int[] factor = of.factor;
        int[] from = of.from;
        byte[] weights = of.weights;
        byte[] rest = of.rest;
        int count = of.count;
        int fraction = of.fraction;
        int limit = of.limit;
        for (int o = first; o < of.outputs; o++) {
            int sum = (noise[noiseFrom + o] ^ flip) >>> Integer.SIZE - fraction;
            for (int k = 0; k < count; k++) {
                sum += factor[k] * factors[from[k] + o];
            }
            int before = (weights[row + o] << SHADOW_BITS) + rest[row + o];
            int after = Math.max(Math.min(before - (sum >> fraction), limit), -limit);
            weights[row + o] = rounded(after);
            rest[row + o] = (byte) after;
        }
    }

    /** The weight that a shadow weight rounds to, halves up. */
    public static byte rounded(int shadow) {
        return (byte) (shadow + ROUNDING >> SHADOW_BITS);
    }
}
