package io.spikelet.model;

import java.util.List;

/**
 * What may learn on the board, and how (docs/equations.md, L1–L17). The board turns the real numbers into integer tables
 * once, at load; learning itself uses integers only.
 *
 * @param layers indices of the dense and convolution layers that learn, from the input side to the output side
 * @param learningRate η, the step in weights that are measured in thresholds of the neuron they drive; under
 *     {@link LearningMethod.Kind#CALIBRATION} the share of a running extremum that a sample replaces, at most 1
 * @param logitGain κ, the logits are κ · the spikes of a class's population at one time step, or κ · their potentials
 * @param halving samples after which the step is half of η, after twice as many a third: {@code η / (1 + n / halving)};
 *     0 for a step that stays, as drift asks for
 * @param method how it is learned
 */
public record LearningRule(
        List<Integer> layers, float learningRate, float logitGain, int halving, LearningMethod method) {
    public LearningRule {
        layers = List.copyOf(layers);
        Requirement.that(halving >= 0, "the samples that halve a learning step are 0 or more");
        Requirement.that(
                method.layerRates().isEmpty() || method.layerRates().size() == layers.size(),
                "the rates of layers are as many as the layers that learn");
        Requirement.that(
                method.extrema().isEmpty() || method.extrema().size() == layers.size(),
                "the extrema are of as many layers as learn");
    }

    /** OTTT, accumulated. */
    public LearningRule(List<Integer> layers, float learningRate, float logitGain, int halving) {
        this(layers, learningRate, logitGain, halving, LearningMethod.OTTT);
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
        return neuron.output() == Operation.Neuron.Output.POTENTIAL ? units(neuron) : neuron.threshold();
    }

    /**
     * What bounds a learned bias: what the learner measures in, or where thresholds learn, which must not move a bound, the
     * membrane LSBs of one real unit.
     */
    public int[] biasOnes(Operation.Neuron neuron) {
        return method.learnsThresholds() ? units(neuron) : ones(neuron);
    }

    private static int[] units(Operation.Neuron neuron) {
        int[] ones = new int[neuron.membraneUnit().length];
        for (int k = 0; k < ones.length; k++) {
            ones[k] = (int) Math.min(Integer.MAX_VALUE, StrictMath.rint(1.0 / neuron.membraneUnit()[k]));
        }
        return ones;
    }

    /** The same layers, learning otherwise. */
    public LearningRule withMethod(LearningMethod changed) {
        return new LearningRule(layers, learningRate, logitGain, halving, changed);
    }

    /** The same rule over fewer layers. */
    public LearningRule withLayers(List<Integer> fewer) {
        List<Float> rates = method.layerRates().isEmpty()
                ? List.of()
                : fewer.stream()
                        .map(layer -> method.layerRates().get(layers.indexOf(layer)))
                        .toList();
        List<List<Float>> extrema = method.extrema().isEmpty()
                ? List.of()
                : fewer.stream()
                        .map(layer -> method.extrema().get(layers.indexOf(layer)))
                        .toList();
        return new LearningRule(
                fewer,
                learningRate,
                logitGain,
                halving,
                method.withLayerRates(rates).withExtrema(extrema));
    }

    public boolean learns(int layer) {
        return layers.contains(layer);
    }
}
