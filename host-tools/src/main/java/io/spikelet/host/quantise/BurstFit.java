package io.spikelet.host.quantise;

import io.spikelet.host.graph.Node;
import io.spikelet.model.Operation;

/** Neurons whose node says how many spikes a step they give, and whether they take some back. */
record BurstFit(NeuronFit membranes, Node.BurstIf node) implements NeuronFit {
    @Override
    public Draft at(int precision) {
        Draft draft = membranes.at(precision);
        Operation.Neuron burst = draft.neuron().withOutput(Operation.Neuron.Output.BURST, node.burst());
        return new Draft(node.calibration().map(burst::withCalibration).orElse(burst), draft.rounding());
    }
}
