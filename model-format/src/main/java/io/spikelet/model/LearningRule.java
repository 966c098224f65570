package io.spikelet.model;

import java.util.List;

/**
 * What may learn on the board: OTTT, accumulated over the steps of a sample (docs/equations.md, L1–L5). The board turns
 * the real numbers into integer tables once, at load; learning itself uses integers only.
 *
 * @param layers indices of the dense layers that learn, from the input side to the output side
 * @param learningRate η, the step in weights that are measured in thresholds of the neuron they drive
 * @param logitGain κ, the logits are κ · the spikes of a class's population at one time step
 */
public record LearningRule(List<Integer> layers, float learningRate, float logitGain) {
    public LearningRule {
        layers = List.copyOf(layers);
    }

    public boolean learns(int layer) {
        return layers.contains(layer);
    }
}
