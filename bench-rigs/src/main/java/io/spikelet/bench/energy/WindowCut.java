package io.spikelet.bench.energy;

/**
 * Where a window lies in a recording, nanoseconds of the meter's clock.
 *
 * @param fromNanos its beginning
 * @param toNanos its end, after the beginning
 * @param borderNanos standard uncertainty of each of the two, independent of the other
 */
public record WindowCut(double fromNanos, double toNanos, double borderNanos) {
    /** Checks the order. */
    public WindowCut {
        if (!(toNanos > fromNanos) || !(borderNanos >= 0)) {
            throw new IllegalArgumentException("a window ends after it begins: fromNanos=" + fromNanos + ", toNanos="
                    + toNanos + ", borderNanos=" + borderNanos);
        }
    }

    /** How long it is by the meter's clock. */
    public double seconds() {
        return (toNanos - fromNanos) * 1e-9;
    }
}
