package io.spikelet.hal.sim;

/** Pulses that come again and again, each at the begin of its period. */
record LoadSpikes(double height, long periodNanos, long widthNanos) implements PowerTrace {
    private static final double NANO = 1e-9;

    LoadSpikes {
        if (periodNanos < 1 || widthNanos < 0 || widthNanos > periodNanos) {
            throw new IllegalArgumentException(
                    "a pulse lies within its period: width " + widthNanos + " ns, period " + periodNanos + " ns");
        }
    }

    @Override
    public double watts(long nanos) {
        return Math.floorMod(nanos, periodNanos) < widthNanos ? height : 0;
    }

    @Override
    public double joulesUntil(long nanos) {
        long whole = Math.floorDiv(nanos, periodNanos);
        long rest = Math.min(Math.floorMod(nanos, periodNanos), widthNanos);
        return height * NANO * (whole * widthNanos + rest);
    }
}
