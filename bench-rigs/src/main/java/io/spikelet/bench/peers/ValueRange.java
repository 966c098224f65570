package io.spikelet.bench.peers;

/**
 * What a tensor's values lie between, and the uint8 that stands for it; 0 is always among them and always exact.
 *
 * @param low 0 or below
 * @param high 0 or above
 */
record ValueRange(float low, float high) {
    static final ValueRange NONE = new ValueRange(0, 0);

    private static final float TOP = 255;

    ValueRange including(float value) {
        return new ValueRange(Math.min(low, value), Math.max(high, value));
    }

    /** The real value of one LSB. */
    float scale() {
        return Math.max(high - low, Float.MIN_NORMAL * TOP) / TOP;
    }

    /** The uint8 that means 0. */
    int zeroPoint() {
        return Math.clamp(Math.round(-low / scale()), 0, (int) TOP);
    }
}
