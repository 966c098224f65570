package io.spikelet.model;

/** Sums and products of proofs, which stop at the ends of {@code long}, so that no hostile number can wrap a proof. */
final class SaturatingLong {
    /** Beyond every limit. */
    static final long UNBOUNDED = Long.MAX_VALUE;

    private SaturatingLong() {}

    static long sum(long a, long b) {
        long sum = a + b;
        boolean wrapped = ((a ^ sum) & (b ^ sum)) < 0;
        return wrapped ? limit(a < 0) : sum;
    }

    static long product(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        return high == low >> Long.SIZE - 1 ? low : limit((a < 0) != (b < 0));
    }

    /** The absolute value; the end of {@code long} for its own negative end. */
    static long magnitude(long value) {
        return value == Long.MIN_VALUE ? UNBOUNDED : Math.abs(value);
    }

    private static long limit(boolean negative) {
        return negative ? -UNBOUNDED : UNBOUNDED;
    }
}
