package io.spikelet.hal.crossbar;

/**
 * The levels of the cells of one weight: {@code w = Σ factor(s) · (plus(s) − minus(s))}, s over the slices.
 *
 * @param bits of a slice's digit, where there are several
 * @param top the highest level of a cell; level 0 is the least conductance, this one the most
 * @param zero of kind OFFSET what a weight of 0 is raised to
 * @param least the lowest code
 * @param most the highest code
 */
record CodeDigits(WeightMapping.Kind kind, int slices, int bits, int top, int zero, int least, int most) {
    static CodeDigits of(WeightMapping.Kind kind, int slices, int zero, int magnitude, int least, int most) {
        int length = Integer.SIZE - Integer.numberOfLeadingZeros(magnitude);
        int bits = Math.ceilDiv(length, slices);
        int top = slices == 1 ? magnitude : (1 << bits) - 1;
        return new CodeDigits(
                kind, slices, bits, top, zero, Math.max(Byte.MIN_VALUE, least), Math.min(Byte.MAX_VALUE, most));
    }

    int factor(int slice) {
        return 1 << bits * slice;
    }

    int plus(int code, int slice) {
        return digit(kind == WeightMapping.Kind.PAIR ? Math.max(code, 0) : code + zero, slice);
    }

    int minus(int code, int slice) {
        return digit(kind == WeightMapping.Kind.PAIR ? Math.max(-code, 0) : zero, slice);
    }

    private int digit(int magnitude, int slice) {
        return slices == 1 ? magnitude : magnitude >> bits * slice & top;
    }
}
