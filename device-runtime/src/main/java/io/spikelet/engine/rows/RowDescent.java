package io.spikelet.engine.rows;

/**
 * What {@link RowArithmetic#descend} works on: weights with what their rounding left, and the factors of a block of steps.
 * A shadow weight of 16 bits, of 2^−8 weight LSBs, is {@code weight · 2^8 + rest}: its two bytes lie apart, so that the one
 * that serves is the weight rounded to nearest. Set the fields for each block and row; nothing is copied.
 */
public final class RowDescent {
    /** Steps of a block at most. */
    public static final int STEPS = 16;

    /** (inputs, outputs) int8. */
    final byte[] weights;

    /** (inputs, outputs) −128..127. */
    final byte[] rest;

    final int outputs;

    /** (steps, outputs). */
    final int[] factors;

    /** Random ints; a row's own begin anywhere. */
    final int[] noise;

    /** Largest absolute value of a shadow weight. */
    final int limit;

    /** (count) presynaptic factors of a row. */
    public final int[] factor = new int[STEPS];

    /** (count) where in {@code factors} the step of each begins. */
    public final int[] from = new int[STEPS];

    public int count;

    /** Fraction bits of factor · factors, 1..30, of shadow LSBs. */
    public int fraction;

    public RowDescent(byte[] weights, byte[] rest, int outputs, int[] factors, int[] noise, int limit) {
        this.weights = weights;
        this.rest = rest;
        this.outputs = outputs;
        this.factors = factors;
        this.noise = noise;
        this.limit = limit;
    }
}
