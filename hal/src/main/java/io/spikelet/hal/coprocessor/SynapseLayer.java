package io.spikelet.hal.coprocessor;

import java.util.Optional;

/**
 * A dense layer as a device sees it.
 *
 * @param name for people
 * @param inputs presynaptic values
 * @param outputs postsynaptic ones
 * @param weights (inputs, outputs) codes
 * @param mostInput the largest input value of a step
 * @param neurons what integrates and fires behind it; a device of kind CURRENT does not look at them
 */
public record SynapseLayer(
        String name, int inputs, int outputs, byte[] weights, int mostInput, Optional<Neurons> neurons) {
    public SynapseLayer {
        if (inputs < 1 || outputs < 1 || weights.length != inputs * outputs || mostInput < 1) {
            throw new IllegalArgumentException(
                    "layer " + name + ": weights are (inputs, outputs), and inputs at least 1: " + inputs + " x "
                            + outputs + ", " + weights.length + " weights, inputs up to " + mostInput);
        }
    }

    /**
     * Neurons in weight LSBs: {@code v ← v + Σ w·s}, then v moves by the leak toward 0 and no further, then they fire at
     * {@code v ≥ 0} and {@code v ≥ threshold} and start again from 0.
     *
     * @param threshold (outputs)
     * @param leak (outputs) 0 or more, once a step
     * @param least where v stops, at every single addition in the order of the inputs; a device whose membranes stop
     *     elsewhere takes the layer only if no membrane can get there
     * @param most likewise
     * @param steps time steps between two resets at most, which bounds how far membranes get; 0 where there is no end
     */
    public record Neurons(int[] threshold, int[] leak, int least, int most, int steps) {
        /** Neurons that know no bounds and no end. */
        public Neurons(int[] threshold, int[] leak) {
            this(threshold, leak, Integer.MIN_VALUE, Integer.MAX_VALUE);
        }

        /** Neurons that know no end. */
        public Neurons(int[] threshold, int[] leak, int least, int most) {
            this(threshold, leak, least, most, 0);
        }
    }
}
