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

    /**
     * {@code value[t, o] = post[t, o] · each[o]} of some steps, all with one exponent.
     *
     * @param post (steps, outputs) products with {@code each} are below 2^62
     * @param each (outputs)
     */
    void share(int[] post, long[] each, int steps) {
        int outputs = each.length;
        long all = 0;
        for (int t = 0; t < steps; t++) {
            for (int o = 0; o < outputs; o++) {
                all |= Math.abs(post[t * outputs + o] * each[o]);
            }
        }
        largest = all;
        exponent = Math.max(leastExponent, Long.SIZE - Long.numberOfLeadingZeros(all) - bits);
        long half = exponent == 0 ? 0 : 1L << exponent - 1;
        int limit = (1 << bits) - 1;
        for (int t = 0; t < steps; t++) {
            for (int o = 0; o < outputs; o++) {
                // Rounding up may meet 2^bits.
                value[t * outputs + o] = (int) Math.min(post[t * outputs + o] * each[o] + half >> exponent, limit);
            }
        }
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
