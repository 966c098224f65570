package io.spikelet.bench.measure;

import java.util.Arrays;
import java.util.Random;

/**
 * How many times one median is another.
 *
 * @param value of the medians
 * @param low where the 95 % interval begins
 * @param high where it ends
 */
public record Ratio(double value, double low, double high) {
    private static final int RESAMPLES = 2000;
    private static final double OUTSIDE = 0.025;

    /**
     * Median of the upper values over median of the lower ones. Rounds are drawn again with replacement, both sides of
     * a round together, since what disturbs a round disturbs both.
     *
     * @param upper (rounds)
     * @param lower (rounds), measured side by side with the upper ones
     */
    public static Ratio ofMedians(double[] upper, double[] lower) {
        if (upper.length != lower.length || upper.length == 0) {
            throw new IllegalArgumentException(
                    "a ratio needs as many rounds on both sides: upper=" + upper.length + " lower=" + lower.length);
        }
        Random random = new Random(1);
        double[] ratios = new double[RESAMPLES];
        double[] drawnUpper = new double[upper.length];
        double[] drawnLower = new double[upper.length];
        for (int i = 0; i < RESAMPLES; i++) {
            for (int k = 0; k < upper.length; k++) {
                int round = random.nextInt(upper.length);
                drawnUpper[k] = upper[round];
                drawnLower[k] = lower[round];
            }
            ratios[i] = medianRatio(drawnUpper, drawnLower);
        }
        Arrays.sort(ratios);
        return new Ratio(
                medianRatio(upper, lower), Spread.quantile(ratios, OUTSIDE), Spread.quantile(ratios, 1 - OUTSIDE));
    }

    private static double medianRatio(double[] upper, double[] lower) {
        return Spread.of(upper).median() / Spread.of(lower).median();
    }
}
