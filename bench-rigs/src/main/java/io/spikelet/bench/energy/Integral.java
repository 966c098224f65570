package io.spikelet.bench.energy;

/**
 * Power integrated over a time of a {@link PowerRecording}.
 *
 * @param joules the energy
 * @param seconds the time, by the meter's clock
 * @param samples how many lie in it
 * @param noiseJoules standard uncertainty by what changes between neighbouring samples
 * @param borderJoules limit of the error by interpolation at both borders together
 * @param gapSeconds time without samples in it, bridged
 * @param longestGapSeconds the longest of such
 * @param gapSpread root of the sum of their squares, s: gaps are independent, so their errors add as squares
 * @param leastWatts of a sample
 * @param mostWatts of a sample
 * @param meanVolts NaN from a meter that tells power alone; the mean over bins
 * @param leastVolts NaN from a meter that tells power alone
 * @param mostAmps NaN from a meter that tells power alone
 */
public record Integral(
        double joules,
        double seconds,
        long samples,
        double noiseJoules,
        double borderJoules,
        double gapSeconds,
        double longestGapSeconds,
        double gapSpread,
        double leastWatts,
        double mostWatts,
        double meanVolts,
        double leastVolts,
        double mostAmps) {

    /** Mean power. */
    public double watts() {
        return joules / seconds;
    }
}
