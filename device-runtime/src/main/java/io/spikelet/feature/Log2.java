package io.spikelet.feature;

/** The binary logarithm of whole numbers, Q8, from a table of 256 mantissas. */
final class Log2 {
    /** A logarithm of 1.0 is 2^8. */
    static final int BITS = 8;

    private static final int MANTISSA_BITS = 8;

    /** (256) Q8. */
    private static final int[] TABLE = table();

    private Log2() {}

    private static int[] table() {
        int[] table = new int[1 << MANTISSA_BITS];
        for (int m = 0; m < table.length; m++) {
            double mantissa = 1 + (double) m / table.length;
            table[m] = (int) StrictMath.rint(StrictMath.log(mantissa) / StrictMath.log(2) * (1 << BITS));
        }
        return table;
    }

    /**
     * {@code log2 value}, Q8, at most 2 LSB too low.
     *
     * @param value 1 or more; what is less is taken as 1
     */
    static int of(long value) {
        if (value <= 1) {
            return 0;
        }
        int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
        long mantissa =
                exponent >= MANTISSA_BITS ? value >> exponent - MANTISSA_BITS : value << MANTISSA_BITS - exponent;
        return (exponent << BITS) + TABLE[(int) mantissa & TABLE.length - 1];
    }
}
