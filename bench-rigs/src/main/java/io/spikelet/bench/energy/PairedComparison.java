package io.spikelet.bench.energy;

import io.spikelet.hal.meter.MeterAccuracy;

/**
 * Whether two candidates differ, from pairs measured one right after the other.
 *
 * @param pairs how many
 * @param difference mean of B − A in micro-joules per inference; the meter's gain scales it
 * @param ratio B / A by the mean of logarithms; the gain of a meter that measured both cancels
 * @param student probability of as large a mean logarithm if there were no difference (two-sided t test)
 * @param permutation the same by turning pairs round, for few pairs and any distribution; never below 2 / 2^pairs
 * @param sign the same by counting who is smaller alone
 * @param logScatter standard deviation of the logarithms of ratios
 */
public record PairedComparison(
        int pairs,
        Interval difference,
        Interval ratio,
        double student,
        double permutation,
        double sign,
        double logScatter) {
    private static final int MOST_PAIRS = 1_000_000;

    /**
     * Compares.
     *
     * @param a one candidate, two pairs or more
     * @param b the other, its values in the same order
     * @param level of both intervals, such as .95
     * @param accuracy of the meter; with an offset of 0 when idle power was subtracted
     */
    public static PairedComparison of(ComparedSide a, ComparedSide b, double level, MeterAccuracy accuracy) {
        double[] left = a.microjoules();
        double[] right = b.microjoules();
        if (left.length != right.length || left.length < 2) {
            throw new IllegalArgumentException(
                    "a comparison needs two pairs or more: a=" + left.length + ", b=" + right.length);
        }
        int pairs = left.length;
        double[] differences = new double[pairs];
        double[] logs = new double[pairs];
        for (int i = 0; i < pairs; i++) {
            differences[i] = right[i] - left[i];
            logs[i] = Math.log(right[i] / left[i]);
        }
        double root = Math.sqrt(pairs);
        double mean = Sample.mean(differences);
        double offset = accuracy.offsetWatts() * 1e6;
        double[] limits = {
            accuracy.gain() * Math.abs(mean), offset * Math.abs(b.secondsPerInference() - a.secondsPerInference())
        };
        double half = new CoverageInterval(limits, Sample.deviation(differences) / root, pairs - 1).halfWidth(level);
        double log = Sample.mean(logs);
        double scatter = Sample.deviation(logs);
        double[] logLimits = {offset * Math.abs(b.secondsPerInference() / b.mean() - a.secondsPerInference() / a.mean())
        };
        double logHalf = new CoverageInterval(logLimits, scatter / root, pairs - 1).halfWidth(level);
        double student = scatter > 0 ? StudentT.outside(log / (scatter / root), pairs - 1) : log == 0 ? 1 : 0;
        return new PairedComparison(
                pairs,
                new Interval(mean, mean - half, mean + half, level),
                new Interval(Math.exp(log), Math.exp(log - logHalf), Math.exp(log + logHalf), level),
                student,
                SignFlips.permutation(logs),
                SignFlips.sign(logs),
                scatter);
    }

    /**
     * How many pairs in all show a difference of this size with the given power, by the scatter that was seen.
     *
     * @param share such as .01 for 1 %
     * @param power probability to find it, such as .8
     */
    public int pairsToResolve(double share, double power) {
        if (!(share > 0) || !(power > 0 && power < 1)) {
            throw new IllegalArgumentException("share=" + share + ", power=" + power);
        }
        double shift = Math.log1p(share);
        int low = 2;
        int high = MOST_PAIRS;
        while (low < high) {
            int middle = (low + high) >>> 1;
            double needed =
                    StudentT.quantile((1 + ratio.level()) / 2, middle - 1) + StudentT.quantile(power, middle - 1);
            if (needed * logScatter <= shift * Math.sqrt(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
