package io.spikelet.hal.instrument;

/**
 * Smooths what a Power Profiler Kit II reads just after it switched its range, as Nordic's Power Profiler does by default
 * (pc-nrfconnect-ppk, {@code src/device/serialDevice.ts}): three samples from the switch on are replaced by a running mean,
 * of weight 0.18, or 0.06 in the largest range, where the first two do not enter the mean. Every other sample passes
 * as it is. So energy over a switch is the vendor's figure, not the raw one.
 */
final class SpikeFilter {
    private static final double WEIGHT = 0.18;
    private static final double WEIGHT_LARGEST = 0.06;
    private static final int REPLACED = 3;
    private static final int LEFT_OUT = 2;
    private static final int LARGEST = Ppk2Calibration.RANGES - 1;

    private boolean begun;
    private double mean;
    private double slowMean;
    private int range;
    private int replacing;
    private int sinceSwitch;

    void reset() {
        begun = false;
        replacing = 0;
        sinceSwitch = 0;
    }

    double filtered(double amps, int nowRange) {
        double meanBefore = mean;
        double slowBefore = slowMean;
        if (begun) {
            mean = WEIGHT * amps + (1 - WEIGHT) * mean;
            slowMean = WEIGHT_LARGEST * amps + (1 - WEIGHT_LARGEST) * slowMean;
        } else {
            begun = true;
            mean = amps;
            slowMean = amps;
            range = nowRange;
        }
        boolean switched = range != nowRange;
        range = nowRange;
        if (switched) {
            sinceSwitch = 0;
            replacing = REPLACED;
        } else if (replacing > 0) {
            sinceSwitch++;
        } else {
            return amps;
        }
        replacing--;
        if (nowRange != LARGEST) {
            return mean;
        }
        if (sinceSwitch < LEFT_OUT) {
            mean = meanBefore;
            slowMean = slowBefore;
        }
        return slowMean;
    }
}
