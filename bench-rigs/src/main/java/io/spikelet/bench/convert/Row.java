package io.spikelet.bench.convert;

import io.spikelet.host.convert.RateFidelity;
import io.spikelet.host.report.Accuracy;
import java.util.Optional;

/**
 * One network on the test samples.
 *
 * @param network what it is
 * @param steps time steps, 1 for a conventional one
 * @param spikesPerNeuron mean over neurons and samples; NaN for a conventional one
 * @param fidelity spikes beside activations; empty where they were not compared
 */
record Row(String network, int steps, Accuracy accuracy, double spikesPerNeuron, Optional<RateFidelity> fidelity) {
    /** Spikes and activations not compared. */
    Row(String network, int steps, Accuracy accuracy, double spikesPerNeuron) {
        this(network, steps, accuracy, spikesPerNeuron, Optional.empty());
    }

    Row with(RateFidelity compared) {
        return new Row(network, steps, accuracy, spikesPerNeuron, Optional.of(compared));
    }

    /** Points of 100. */
    double points() {
        return 100 * accuracy.share();
    }
}
