package io.spikelet.hal.sim;

/**
 * What goes wrong in a {@link SimMeter} beyond the errors that its traits declare, all drawn from one seed.
 *
 * @param seed the same seed, the same samples; gain, offset and clock are drawn from it too
 * @param noiseWatts standard deviation of white noise on each sample
 * @param jitterNanos a sample is taken up to so much before or after the time it carries, evenly; below half a period
 * @param lostShare share of samples that never come, 0 to below 1; they are counted as lost
 * @param brokenShare share of samples that are no number, 0 to below 1; they are counted as broken
 * @param rangeWatts power at which the range switches; the sample of the switch is lost; {@link Double#POSITIVE_INFINITY}
 *     for one range
 * @param disconnectNanos true time at which the cable is pulled; {@link Long#MAX_VALUE} for never
 * @param edgeStepNanos an edge carries the end of the step of the meter's clock that it fell into, as where a digital input
 *     is recorded with the samples; 1 for the moment itself
 */
public record SimMeterFaults(
        long seed,
        double noiseWatts,
        long jitterNanos,
        double lostShare,
        double brokenShare,
        double rangeWatts,
        long disconnectNanos,
        long edgeStepNanos) {

    /** Checks the ranges. */
    public SimMeterFaults {
        if (edgeStepNanos < 1) {
            throw new IllegalArgumentException("a step of edges has 1 ns or more: " + edgeStepNanos);
        }
        if (!(noiseWatts >= 0) || jitterNanos < 0) {
            throw new IllegalArgumentException(
                    "noise and jitter are 0 or more: " + noiseWatts + " W, " + jitterNanos + " ns");
        }
        if (!(lostShare >= 0) || !(brokenShare >= 0) || !(lostShare + brokenShare < 1)) {
            throw new IllegalArgumentException(
                    "shares are 0 or more and below 1 in sum: lost " + lostShare + ", broken " + brokenShare);
        }
    }

    /** Nothing goes wrong. */
    public static SimMeterFaults none(long seed) {
        return new SimMeterFaults(seed, 0, 0, 0, 0, Double.POSITIVE_INFINITY, Long.MAX_VALUE, 1);
    }

    /** With noise and jitter. */
    public SimMeterFaults withNoise(double watts, long jitter) {
        return new SimMeterFaults(seed, watts, jitter, lostShare, brokenShare, rangeWatts, disconnectNanos, edgeStepNanos);
    }

    /** With samples that never come, and such without a number. */
    public SimMeterFaults withLosses(double lost, double broken) {
        return new SimMeterFaults(seed, noiseWatts, jitterNanos, lost, broken, rangeWatts, disconnectNanos, edgeStepNanos);
    }

    /** With two ranges. */
    public SimMeterFaults withRange(double watts) {
        return new SimMeterFaults(seed, noiseWatts, jitterNanos, lostShare, brokenShare, watts, disconnectNanos, edgeStepNanos);
    }

    /** With a cable that is pulled. */
    public SimMeterFaults withDisconnect(long nanos) {
        return new SimMeterFaults(seed, noiseWatts, jitterNanos, lostShare, brokenShare, rangeWatts, nanos, edgeStepNanos);
    }

    /** With edges that are recorded once a step. */
    public SimMeterFaults withEdgeStep(long nanos) {
        return new SimMeterFaults(
                seed, noiseWatts, jitterNanos, lostShare, brokenShare, rangeWatts, disconnectNanos, nanos);
    }
}
