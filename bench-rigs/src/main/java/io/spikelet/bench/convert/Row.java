package io.spikelet.bench.convert;

import io.spikelet.host.report.Accuracy;

/**
 * One network on the test samples.
 *
 * @param network what it is
 * @param steps time steps, 1 for a conventional one
 * @param spikesPerNeuron mean over neurons and samples; NaN for a conventional one
 */
record Row(String network, int steps, Accuracy accuracy, double spikesPerNeuron) {
    /** Points of 100. */
    double points() {
        return 100 * accuracy.share();
    }
}
