package io.spikelet.host.reference;

/**
 * The constants by which a neuron node steps, whatever its kind, a neuron and a step at a time:
 *
 * <pre>
 * current  ← synaptic · current + gain · x + offset
 * membrane ← (fired ? a1 · membrane + b1 : a0 · membrane + b0) + current
 * </pre>
 */
public interface NeuronLaw {
    /** 0 without a synaptic current. */
    double synaptic(int neuron);

    /** Membrane for a unit of what reaches the neuron at a step. */
    double gain(int step, int neuron);

    /** Membrane added at a step, whether the neuron fired or not. */
    double offset(int step, int neuron);

    /** What is left of a membrane that did not fire. */
    double a0(int neuron);

    /** Membrane added in the step after none fired. */
    double b0(int neuron);

    /** What is left of a membrane that fired. */
    double a1(int neuron);

    /** Membrane added in the step after a spike. */
    double b1(int neuron);

    /** What a membrane is compared with at a step. */
    double threshold(int step, int neuron);

    /** Whether a membrane fires. */
    boolean fires(double membrane, double threshold);
}
