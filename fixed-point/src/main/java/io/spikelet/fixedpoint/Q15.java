package io.spikelet.fixedpoint;

/** Q1.15 factors in an {@code int}: 32768 is 1.0. */
public final class Q15 {
    public static final int BITS = 15;
    public static final int ONE = 1 << BITS;

    private Q15() {}

    /**
     * {@code factor · value} rounded toward zero, so that repeated leaking reaches 0 from either side; an arithmetic
     * shift alone would leave −1 standing.
     *
     * @param factor Q1.15, 0..32768
     * @param value any int
     */
    public static int leak(int factor, int value) {
        long product = (long) factor * value;
        return (int) ((product + (product >> 63 & ONE - 1)) >> BITS);
    }

    /**
     * The nearest Q1.15 factor.
     *
     * @throws IllegalArgumentException when the value is not 0..1
     */
    public static int of(double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("a Q1.15 factor is 0..1: value=" + value);
        }
        return (int) Math.rint(value * ONE);
    }
}
