package io.spikelet.host.reference;

import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.graph.Tensor;
import java.util.function.IntToDoubleFunction;

/**
 * The discretised constants of a neuron node, one of each a neuron (docs/equations.md, D1 to D4, D8):
 *
 * <pre>
 * current  ← currentDecay · current + currentGain · x      only with a synaptic current; then x := current
 * membrane ← decay · membrane + gain · x + leak
 * fired    ← membrane &gt; threshold, never where that is infinite;  fired: membrane ← reset, or ← membrane − threshold where it subtracts
 * </pre>
 *
 * Each is computed in double and rounded to float once.
 *
 * @param currentDecay empty when the node has no synaptic current
 * @param currentGain empty when the node has no synaptic current
 * @param decay what is left of the membrane after one step
 * @param gain membrane for a unit of input
 * @param leak membrane added at every step
 * @param threshold the value to exceed
 * @param reset membrane after a spike; not read where it subtracts
 * @param subtracts whether a spike takes the threshold off the membrane
 */
public record NeuronCoefficients(
        float[] currentDecay,
        float[] currentGain,
        float[] decay,
        float[] gain,
        float[] leak,
        float[] threshold,
        float[] reset,
        boolean subtracts) {
    private static final float[] NONE = {};
    private static final Tensor NEVER = Tensor.scalar(Float.POSITIVE_INFINITY);

    /** Whether the node gives spikes; otherwise it gives its membrane. */
    public boolean fires() {
        return threshold.length == 0 || threshold[0] != Float.POSITIVE_INFINITY;
    }

    /** @param node one that fires or integrates */
    static NeuronCoefficients of(Node node, Profile profile, double dt, int size) {
        boolean subtracts = profile.reset() == Profile.Reset.SUBTRACT_THRESHOLD;
        return switch (node) {
            case Node.If neuron -> of(neuron, profile, dt, size, subtracts);
            case Node.Lif neuron -> of(neuron, dt, size, subtracts);
            case Node.CubaLif neuron -> of(neuron, dt, size, subtracts);
            case Node.Threshold threshold -> of(threshold, size);
            case Node.Integrator integrator -> of(integrator.withThreshold(NEVER), profile, dt, size);
            default -> throw new IllegalArgumentException("a node that fires or integrates is wanted: node=" + node);
        };
    }

    /** Keeps nothing from step to step. */
    private static NeuronCoefficients of(Node.Threshold node, int size) {
        float[] zeros = new float[size];
        float[] threshold = node.threshold().spread(size);
        return new NeuronCoefficients(NONE, NONE, zeros, each(size, i -> 1), zeros, threshold, zeros, false);
    }

    private static NeuronCoefficients of(Node.If node, Profile profile, double dt, int size, boolean subtracts) {
        IntToDoubleFunction gain = switch (profile.ifScaling()) {
            case UNIT -> i -> 1;
            case TIME_STEP -> i -> dt * node.r().at(i);
        };
        return new NeuronCoefficients(
                NONE,
                NONE,
                each(size, i -> 1),
                each(size, gain),
                each(size, i -> 0),
                values(size, node.threshold()),
                values(size, node.reset()),
                subtracts);
    }

    private static NeuronCoefficients of(Node.Lif node, double dt, int size, boolean subtracts) {
        Tensor tau = node.tau();
        return new NeuronCoefficients(
                NONE,
                NONE,
                each(size, i -> 1 - dt / tau.at(i)),
                each(size, i -> dt / tau.at(i) * node.r().at(i)),
                each(size, i -> dt / tau.at(i) * node.leak().at(i)),
                values(size, node.threshold()),
                values(size, node.reset()),
                subtracts);
    }

    private static NeuronCoefficients of(Node.CubaLif node, double dt, int size, boolean subtracts) {
        Tensor tauSyn = node.tauSyn();
        Tensor tauMem = node.tauMem();
        return new NeuronCoefficients(
                each(size, i -> 1 - dt / tauSyn.at(i)),
                each(size, i -> dt / tauSyn.at(i) * node.wIn().at(i)),
                each(size, i -> 1 - dt / tauMem.at(i)),
                each(size, i -> dt / tauMem.at(i) * node.r().at(i)),
                each(size, i -> dt / tauMem.at(i) * node.leak().at(i)),
                values(size, node.threshold()),
                values(size, node.reset()),
                subtracts);
    }

    private static float[] values(int size, Tensor tensor) {
        return each(size, tensor::at);
    }

    private static float[] each(int size, IntToDoubleFunction value) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) value.applyAsDouble(i);
        }
        return values;
    }
}
