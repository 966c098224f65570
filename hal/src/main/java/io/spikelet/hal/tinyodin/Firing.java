package io.spikelet.hal.tinyodin;

/** When the chip's neurons may fire. */
public enum Firing {
    /**
     * Once a step, after all its spikes and the leak, as {@link io.spikelet.hal.coprocessor.SynapseLayer.Neurons} says. The
     * thresholds are lifted out of reach while spikes come in: two bursts of one transaction a neuron in every step.
     */
    ONCE_A_STEP,
    /**
     * At every spike that comes in, in the order of the inputs, and at the leak: the chip's own rule, and its own speed. A
     * neuron may fire several times a step, and what inhibits it later in the step does not hold it back.
     */
    AT_EVERY_SPIKE
}
