package io.spikelet.host.report;

import io.spikelet.host.graph.Profile;
import io.spikelet.model.Encoder;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;

/**
 * How a graph is run as a classifier: what the graph itself does not say.
 *
 * @param profile how continuous time becomes steps
 * @param dt seconds a step
 * @param timeSteps T, steps of one inference
 * @param encoder how a sample becomes input
 * @param readout how output spikes become a class
 */
public record InferenceSettings(Profile profile, double dt, int timeSteps, Encoder encoder, Readout readout) {
    public InferenceSettings {
        if (!(dt > 0) || Double.isInfinite(dt)) {
            throw new IllegalArgumentException("dt must be a positive number of seconds: dt=" + dt);
        }
        if (timeSteps < 1) {
            throw new IllegalArgumentException("time steps (--steps) must be 1 or more: timeSteps=" + timeSteps);
        }
    }

    /** What an image says of how it was to be run. */
    public static InferenceSettings of(SpikingNetwork network) {
        return new InferenceSettings(
                Profile.named(network.discretisation().profile()),
                network.discretisation().dt(),
                network.timeSteps(),
                network.encoder(),
                network.readout());
    }
}
