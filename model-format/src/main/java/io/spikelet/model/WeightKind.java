package io.spikelet.model;

/**
 * What integers a layer's weights may be and how many bits an image spends on each. A code is what the image stores; its
 * value is what the engine multiplies by.
 */
public enum WeightKind {
    /** −127..127, a byte each. */
    INT8(8, 127),
    /** −7..7, two a byte. */
    INT4(4, 7),
    /** −1, 0, 1: two bits each; the real size of a 1 is the row's scale. */
    TERNARY(2, 1),
    /** −1 or 1: a bit each; the real size α of a 1 is the row's scale. */
    BINARY(1, 1),
    /**
     * ±2^(−q/2) or 0 in five bits: bit 4 is the sign, the low bits are 0 for a zero and q + 1 otherwise, q = 0..14. The
     * value is in units of 2^−{@value #LOG2_FRACTION_BITS} (docs/equations.md, W2).
     */
    LOG2(5, 1 << 12);

    /** Fractional bits of a logarithmic weight's value: 2^0 is 4096. */
    public static final int LOG2_FRACTION_BITS = 12;

    private static final int LOG2_SIGN = 0x10;

    /** (2) 2^0 and 2^−½ in units of 2^−15. */
    private static final int[] LOG2_TABLE = {1 << 15, 23170};

    private final int bits;
    private final int valueMaximum;

    WeightKind(int bits, int valueMaximum) {
        this.bits = bits;
        this.valueMaximum = valueMaximum;
    }

    /** Bits that an image spends on one weight. */
    public int bits() {
        return bits;
    }

    /** The largest absolute value. */
    public int valueMaximum() {
        return valueMaximum;
    }

    /** Whether a code means anything in this kind. */
    public boolean allows(byte code) {
        return switch (this) {
            case INT8 -> code != Byte.MIN_VALUE;
            case INT4 -> code >= -7 && code <= 7;
            case TERNARY -> code >= -1 && code <= 1;
            case BINARY -> code == -1 || code == 1;
            case LOG2 -> code >= 0 && code < 32 && code != LOG2_SIGN;
        };
    }

    /**
     * The place of the first code that means nothing in this kind; −1 where there is none. One plain loop for each kind:
     * it runs over all weights of a model at each start, before any of it was compiled.
     */
    int firstMeaningless(byte[] codes) {
        return switch (this) {
            case INT8, INT4, TERNARY -> firstBeyond(codes, valueMaximum);
            case BINARY, LOG2 -> firstRefused(codes);
        };
    }

    private static int firstBeyond(byte[] codes, int maximum) {
        for (int i = 0; i < codes.length; i++) {
            int code = codes[i];
            if (code > maximum || code < -maximum) {
                return i;
            }
        }
        return -1;
    }

    private int firstRefused(byte[] codes) {
        for (int i = 0; i < codes.length; i++) {
            if (!allows(codes[i])) {
                return i;
            }
        }
        return -1;
    }

    /** The integer that a code stands for; lookup and shift for a logarithmic one, rounded half up. */
    public int value(byte code) {
        if (this != LOG2) {
            return code;
        }
        int magnitude = code & 0xf;
        if (magnitude == 0) {
            return 0;
        }
        int q = magnitude - 1;
        int shift = 15 - LOG2_FRACTION_BITS + (q >> 1);
        int value = LOG2_TABLE[q & 1] + (1 << shift - 1) >> shift;
        return (code & LOG2_SIGN) == 0 ? value : -value;
    }
}
