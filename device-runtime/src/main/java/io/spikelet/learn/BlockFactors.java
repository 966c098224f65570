package io.spikelet.learn;

/**
 * Numbers of one block that share an exponent: 64-bit values go into ints of as many bits as the sums that they enter
 * leave room for, rounded to nearest. The largest of a block decides, so that small gradients keep their digits.
 */
final class BlockFactors {
    /** Rounded values, each times 2^exponent what it was. */
    final int[] value;

    private final int bits;
    private final int leastExponent;
    private int exponent;
    private int limit;
    private long half;
    private long largest;

    /**
     * @param bits of an absolute value
     * @param leastExponent no finer than this
     */
    BlockFactors(int size, int bits, int leastExponent) {
        value = new int[size];
        this.bits = bits;
        this.leastExponent = leastExponent;
    }

    /** Begins a block; each of its factors is measured, then put. */
    void clear() {
        largest = 0;
    }

    /** @param factor below 2^62 */
    void measure(long factor) {
        largest |= Math.abs(factor);
    }

    /** Fixes the exponent by what was measured. */
    void fix() {
        exponent = Math.max(leastExponent, Long.SIZE - Long.numberOfLeadingZeros(largest) - bits);
        half = exponent == 0 ? 0 : 1L << exponent - 1;
        limit = (1 << bits) - 1;
    }

    /** Keeps a factor that was measured, rounded. */
    void put(int index, long factor) {
        // Rounding up may meet 2^bits.
        value[index] = (int) Math.min(factor + half >> exponent, limit);
    }

    /** What a value is to be multiplied with, as a power of two. */
    int exponent() {
        return exponent;
    }

    /** Whether all that was measured is 0. */
    boolean isZero() {
        return largest == 0;
    }
}
