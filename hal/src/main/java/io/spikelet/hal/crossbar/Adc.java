package io.spikelet.hal.crossbar;

/**
 * A converter with a sign. Its codes go from {@code −(2^(bits−1) − 1)} to as much above, so that 0 and both ends of the range
 * are codes; to the nearest, half to even; what is beyond the range is clamped to its end.
 */
final class Adc {
    private final int most;
    private double step;

    /** @param bits 2 or more, or 0 for one that passes everything on */
    Adc(int bits) {
        most = bits == 0 ? 0 : (1 << bits - 1) - 1;
    }

    /** @param range the largest value, above 0 */
    void setRange(double range) {
        step = most == 0 ? 0 : range / most;
    }

    double range() {
        return step * most;
    }

    double convert(double value) {
        if (most == 0) {
            return value;
        }
        return Math.clamp(Math.rint(value / step), -most, most) * step;
    }
}
