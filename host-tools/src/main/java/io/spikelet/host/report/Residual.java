package io.spikelet.host.report;

import io.spikelet.host.graph.TrainingNoise;
import java.util.Optional;

/**
 * What one step leaves on the membranes of a layer for the next, in thresholds of each neuron; leaks and resets included.
 *
 * <p>A neuron that a steady drive of 0 to 1 thresholds reaches is left evenly between 0 and 1, with mean 1/2 and deviation
 * 1/√12 = 0.289, once it takes its threshold off where it fires. One that is driven below 0 sinks further with every step, one
 * that is driven beyond its threshold rises: neither decides by what is left, so both are told apart.
 *
 * @param layer its name
 * @param neurons how many it has
 * @param all over samples, steps but the last, and neurons
 * @param within of these, what lies at 0 to 1
 * @param noise what stood for it in training, where the model says so
 */
public record Residual(String layer, int neurons, Moments all, Moments within, Optional<TrainingNoise> noise) {

    /**
     * Of numbers that were seen.
     *
     * @param mean NaN where there were none
     * @param deviation the standard deviation; NaN likewise
     */
    public record Moments(long count, double mean, double deviation) {}

    /** The share of all that lies at 0 to 1; NaN where nothing was seen. */
    public double withinShare() {
        return (double) within.count() / all.count();
    }
}
