package io.spikelet.host.convert;

import io.spikelet.model.Operation;
import io.spikelet.model.SpikingNetwork;

/** What the scores of a converted network stand for, in the conventional network's own unit. */
final class OutputUnit {
    private OutputUnit() {}

    /** The conventional output for a score of 1: a potential's LSB, or what a spike stands for, over the time steps. */
    static double of(Conversion conversion, SpikingNetwork network) {
        Operation.Neuron output = (Operation.Neuron) network.output().operation();
        boolean counts = output.output() != Operation.Neuron.Output.POTENTIAL;
        double each = counts ? conversion.thresholds().get(conversion.lastActivation()) : output.membraneUnit()[0];
        return each / network.timeSteps();
    }
}
