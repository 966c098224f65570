package io.spikelet.bench.energy;

/**
 * The limits by which a result is stated, noted or refused. {@link #standard()} is what docs/energy.md describes.
 *
 * @param level probability that the interval holds the true value, at least
 * @param guardLevel probability that is wished above it, as long as the interval stays within the meter's own limits.
 *     Of 100 runs with a probability of .95 each, fewer than 95 hold in 4 of 10 such hundreds; with .98, in fewer than
 *     2 of 100
 * @param leastWindows fewer that count, and the result is refused
 * @param leastWindowSeconds shorter windows are refused
 * @param longestGapNanos a longer time without samples refuses its window; never less than 5 sample periods
 * @param largestGapShare of a window that may be bridged, 0 to 1
 * @param leastSamples fewer in a window refuse it
 * @param fewSamples fewer in a window are told
 * @param largestScatter (largest − smallest) / median of the windows above which the result is refused
 * @param throttleShare change of speed or power from the first to the last window that is told
 * @param voltageDip fraction below a window's mean voltage that is told as a brown-out
 * @param boardPpm how far the board's clock may be off
 */
public record EnergyRules(
        double level,
        double guardLevel,
        int leastWindows,
        double leastWindowSeconds,
        long longestGapNanos,
        double largestGapShare,
        int leastSamples,
        int fewSamples,
        double largestScatter,
        double throttleShare,
        double voltageDip,
        double boardPpm) {
    /** Checks the ranges. */
    public EnergyRules {
        if (!(level > 0 && level <= guardLevel && guardLevel < 1) || leastWindows < 1 || leastSamples < 2) {
            throw new IllegalArgumentException("level is between 0 and guardLevel, that below 1, leastWindows 1 or"
                    + " more, leastSamples 2 or more: level=" + level + ", guardLevel=" + guardLevel
                    + ", leastWindows=" + leastWindows + ", leastSamples=" + leastSamples);
        }
    }

    /** Five windows of 10 s, as MLPerf Tiny asks. */
    public static EnergyRules standard() {
        return new EnergyRules(.95, .995, 5, 10, 5_000_000, .01, 10, 100, .05, .02, .1, 100);
    }

    /** The same with other numbers of windows and seconds, for quick looks and tests. */
    public EnergyRules windows(int least, double seconds) {
        return new EnergyRules(
                level,
                guardLevel,
                least,
                seconds,
                longestGapNanos,
                largestGapShare,
                leastSamples,
                fewSamples,
                largestScatter,
                throttleShare,
                voltageDip,
                boardPpm);
    }

    /** The same with other probabilities; a guard that equals the level leaves that exact. */
    public EnergyRules levels(double probability, double guard) {
        return new EnergyRules(
                probability,
                guard,
                leastWindows,
                leastWindowSeconds,
                longestGapNanos,
                largestGapShare,
                leastSamples,
                fewSamples,
                largestScatter,
                throttleShare,
                voltageDip,
                boardPpm);
    }

    /** The same with another limit of how far windows may lie apart. */
    public EnergyRules scatter(double largest) {
        return new EnergyRules(
                level,
                guardLevel,
                leastWindows,
                leastWindowSeconds,
                longestGapNanos,
                largestGapShare,
                leastSamples,
                fewSamples,
                largest,
                throttleShare,
                voltageDip,
                boardPpm);
    }
}
