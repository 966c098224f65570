package io.spikelet.hal.crossbar;

import static io.spikelet.hal.crossbar.CrossbarSetup.within;

/**
 * How signed weights become conductances, which are never negative.
 *
 * @param kind which cell is subtracted from which
 * @param slices cells that share the bits of one magnitude, 1..8; each has a converter of its own
 * @param headroom how far weights may grow by learning, as a factor on the layer's largest, 1 or more
 * @param clip whether the few largest weights are cut off where that lets all others stand out more from the cells' noise
 *     ({@link NoiseAwareClip})
 */
public record WeightMapping(Kind kind, int slices, double headroom, boolean clip) {
    private static final int MOST_MAGNITUDE = 128;

    /** Where the sign is. */
    public enum Kind {
        /** Two cells a weight, side by side: one of positive, one of negative weights. */
        PAIR,
        /** One cell a weight, raised by the lowest weight; a reference column of that much is subtracted from all. */
        OFFSET
    }

    public WeightMapping {
        within("slices", slices, 1, 8);
        within("headroom", headroom, 1, 128);
        if (clip && (slices > 1 || headroom > 1)) {
            throw new IllegalArgumentException("crossbar setup: clip=on goes with slices=1 and headroom=1: slices="
                    + slices + " headroom=" + headroom);
        }
    }

    int columnsPerOutput() {
        return kind == Kind.PAIR ? 2 * slices : slices;
    }

    int referenceColumns() {
        return kind == Kind.PAIR ? 0 : slices;
    }

    /** Spreads a layer's codes over the range of conductances. */
    CodeDigits digits(byte[] weights) {
        int lowest = 0;
        int highest = 0;
        for (byte weight : weights) {
            lowest = Math.min(lowest, weight);
            highest = Math.max(highest, weight);
        }
        int below = grown(-lowest);
        int above = grown(highest);
        if (kind == Kind.PAIR) {
            int magnitude = Math.max(1, Math.max(below, above));
            return CodeDigits.of(kind, slices, 0, magnitude, -magnitude, magnitude);
        }
        above = Math.max(above, 1 - below);
        return CodeDigits.of(kind, slices, below, below + above, -below, above);
    }

    private int grown(int magnitude) {
        return (int) Math.min(MOST_MAGNITUDE, Math.ceil(headroom * magnitude));
    }
}
