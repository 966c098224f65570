package io.spikelet.model;

import java.util.List;

/**
 * What may learn on the board: OTTT, accumulated over the steps of a sample (docs/equations.md, L1–L5). The board turns
 * the real numbers into integer tables once, at load; learning itself uses integers only.
 *
 * @param layers indices of the dense layers that learn, from the input side to the output side
 * @param learningRate η, the step in weights that are measured in thresholds of the neuron they drive
 * @param logitGain κ, the logits are κ · the spikes of a class's population at one time step, or κ · their potentials
 * @param halving samples after which the step is half of η, after twice as many a third: {@code η / (1 + n / halving)};
 *     0 for a step that stays, as drift asks for
 */
public record LearningRule(List<Integer> layers, float learningRate, float logitGain, int halving) {
    public LearningRule {
        layers = List.copyOf(layers);
        Requirement.that(halving >= 0, "the samples that halve a learning step are 0 or more");
    }

    /** A step that stays. */
    public LearningRule(List<Integer> layers, float learningRate, float logitGain) {
        this(layers, learningRate, logitGain, 0);
    }

    /**
     * What the learner measures a neuron in: the membrane LSBs that stand for 1.0. The threshold, or where the membrane
     * itself is the output, its real unit's reciprocal.
     *
     * @return one value, one a channel or one a neuron; 0 where an LSB is coarser than 1.0
     */
    public static int[] ones(Operation.Neuron neuron) {
        if (neuron.output() != Operation.Neuron.Output.POTENTIAL) {
            return neuron.threshold();
        }
        int[] ones = new int[neuron.membraneUnit().length];
        for (int k = 0; k < ones.length; k++) {
            ones[k] = (int) Math.min(Integer.MAX_VALUE, StrictMath.rint(1.0 / neuron.membraneUnit()[k]));
        }
        return ones;
    }

    /** The same rule over fewer layers. */
    public LearningRule withLayers(List<Integer> fewer) {
        return new LearningRule(fewer, learningRate, logitGain, halving);
    }

    public boolean learns(int layer) {
        return layers.contains(layer);
    }
}
