package io.spikelet.host.report;

import java.util.Locale;

/**
 * How many of how many were right.
 *
 * @param correct 0..count
 * @param count 1 or more
 */
public record Accuracy(int correct, int count) {
    /** The 97.5 % quantile of the normal distribution. */
    private static final double Z = 1.959963984540054;

    public Accuracy {
        if (count < 1 || correct < 0 || correct > count) {
            throw new IllegalArgumentException("correct must be 0..count: correct=" + correct + " count=" + count);
        }
    }

    /** An interval of shares, 0..1. */
    public record Interval(double low, double high) {}

    public double share() {
        return (double) correct / count;
    }

    /** The 95 % confidence interval of E. B. Wilson (1927), which stays sound near 0 and 1. */
    public Interval interval() {
        double p = share();
        double z2 = Z * Z;
        double centre = (p + z2 / (2 * count)) / (1 + z2 / count);
        double half = Z / (1 + z2 / count) * Math.sqrt(p * (1 - p) / count + z2 / (4.0 * count * count));
        return new Interval(Math.max(0, centre - half), Math.min(1, centre + half));
    }

    @Override
    public String toString() {
        Interval interval = interval();
        return String.format(
                Locale.ROOT,
                "%.2f %% (%d of %d; 95 %% interval %.2f to %.2f %%)",
                100 * share(),
                correct,
                count,
                100 * interval.low(),
                100 * interval.high());
    }
}
