package io.spikelet.host.quantise;

import io.spikelet.model.Operation;

/** Puts a neuron layer into fixed point, as finely as it is told. */
@FunctionalInterface
interface NeuronFit {
    /** What the integers may not say exactly: the largest relative errors. */
    record Rounding(double threshold, double leak, double gain) {}

    /** A neuron layer before its bound is proved. */
    record Draft(Operation.Neuron neuron, Rounding rounding) {}

    /**
     * One edge into the layer.
     *
     * @param scale (neurons) the real value of one LSB of what arrives
     * @param bias (neurons) real
     * @param biasAtStart whether the bias acts at t = 0
     */
    record Edge(double[] scale, double[] bias, boolean biasAtStart) {}

    /**
     * Drafts the layer, its declared membrane maximum still 0.
     *
     * @param precision binary digits of the threshold, or of the largest gain where there is no threshold
     */
    Draft at(int precision);

    /** Whether as many spikes leave a neuron in a step as thresholds fit into its membrane. */
    default boolean isMultiSpike() {
        return false;
    }

    /** Saturates; a bound proved from a saturated value can only fail, never wrongly hold. */
    static int rounded(double value) {
        return (int) Math.clamp(Math.rint(value), -Integer.MAX_VALUE, Integer.MAX_VALUE);
    }
}
