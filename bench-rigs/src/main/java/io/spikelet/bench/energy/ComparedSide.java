package io.spikelet.bench.energy;

import java.util.Arrays;

/**
 * One of two candidates in a {@link PairedComparison}.
 *
 * @param microjoules (pairs) per inference, each above 0
 * @param secondsPerInference how long one takes, which an offset of the meter acts upon
 */
public record ComparedSide(double[] microjoules, double secondsPerInference) {
    /** Checks the ranges. */
    public ComparedSide {
        microjoules = microjoules.clone();
        for (double value : microjoules) {
            if (!(value > 0)) {
                throw new IllegalArgumentException("an inference takes energy: " + Arrays.toString(microjoules));
            }
        }
        if (!(secondsPerInference > 0)) {
            throw new IllegalArgumentException("an inference takes time: secondsPerInference=" + secondsPerInference);
        }
    }

    @Override
    public double[] microjoules() {
        return microjoules.clone();
    }

    double mean() {
        return Arrays.stream(microjoules).average().orElseThrow();
    }
}
