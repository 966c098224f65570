package io.spikelet.model;

/**
 * Weights as an image stores them: code i is the bits {@code i·n … (i + 1)·n − 1} of the bytes, least significant bit
 * first. Only a binary weight's code is not simply its low bits: 0 is −1, 1 is 1.
 */
final class PackedWeights {
    private PackedWeights() {}

    /** The bytes that so many weights take. */
    private static long length(WeightKind kind, long count) {
        return (count * kind.bits() + Byte.SIZE - 1) / Byte.SIZE;
    }

    /**
     * @throws IllegalArgumentException when a code means nothing in its kind
     */
    static byte[] pack(WeightKind kind, byte[] codes) {
        byte[] packed = new byte[Math.toIntExact(length(kind, codes.length))];
        int bits = kind.bits();
        for (int i = 0; i < codes.length; i++) {
            if (!kind.allows(codes[i])) {
                throw meaningless(kind, codes[i]);
            }
            int field = kind == WeightKind.BINARY ? codes[i] + 1 >> 1 : codes[i] & (1 << bits) - 1;
            long start = (long) i * bits;
            int place = (int) (start / Byte.SIZE);
            int shift = (int) (start % Byte.SIZE);
            packed[place] |= (byte) (field << shift);
            if (shift + bits > Byte.SIZE) {
                packed[place + 1] |= (byte) (field >> Byte.SIZE - shift);
            }
        }
        return packed;
    }

    /**
     * @param packed handed over: where each code is a byte, it is what is returned
     * @param count weights that the layer's other numbers ask for; nothing is allocated unless the bytes are as many
     * @throws IllegalArgumentException when the length is wrong, a code means nothing, or a bit past the last is set
     */
    static byte[] unpack(WeightKind kind, byte[] packed, double count) {
        if (!(count * kind.bits() <= (double) packed.length * Byte.SIZE)
                || packed.length != length(kind, (long) count)) {
            throw new IllegalArgumentException(
                    "its numbers ask for other weights than the " + packed.length + " bytes of kind " + kind + " hold");
        }
        int bits = kind.bits();
        byte[] codes = bits == Byte.SIZE ? packed : codes(kind, packed, (int) count);
        int meaningless = kind.firstMeaningless(codes);
        if (meaningless >= 0) {
            throw meaningless(kind, codes[meaningless]);
        }
        long end = (long) codes.length * bits;
        int padding = (int) ((long) packed.length * Byte.SIZE - end);
        if (padding > 0 && field(packed, end, padding) != 0) {
            throw new IllegalArgumentException("bits past the last weight must be 0");
        }
        return codes;
    }

    private static byte[] codes(WeightKind kind, byte[] packed, int count) {
        byte[] codes = new byte[count];
        int bits = kind.bits();
        for (int i = 0; i < count; i++) {
            codes[i] = code(kind, field(packed, (long) i * bits, bits));
        }
        return codes;
    }

    private static int field(byte[] packed, long start, int bits) {
        int place = (int) (start / Byte.SIZE);
        int shift = (int) (start % Byte.SIZE);
        int field = (packed[place] & 0xff) >> shift;
        if (shift + bits > Byte.SIZE) {
            field |= (packed[place + 1] & 0xff) << Byte.SIZE - shift;
        }
        return field & (1 << bits) - 1;
    }

    private static byte code(WeightKind kind, int field) {
        return (byte)
                switch (kind) {
                    case BINARY -> 2 * field - 1;
                    case LOG2 -> field;
                    case INT8, INT4, TERNARY -> field << Integer.SIZE - kind.bits() >> Integer.SIZE - kind.bits();
                };
    }

    private static IllegalArgumentException meaningless(WeightKind kind, byte code) {
        return new IllegalArgumentException("a weight of kind " + kind + " cannot be " + code);
    }
}
