package io.spikelet.bench.measure;

import java.util.Arrays;

/** The quartiles of some values, with linear interpolation between neighbours. */
public record Spread(double low, double median, double high) {

    /** @param values one or more */
    public static Spread of(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("quartiles need values: count=0");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Spread(quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75));
    }

    static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
