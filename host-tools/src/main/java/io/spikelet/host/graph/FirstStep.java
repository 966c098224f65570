package io.spikelet.host.graph;

import io.spikelet.model.Parameter;
import io.spikelet.model.Shape;

/** Membranes that do not begin at 0, as what the first step adds to those that do (docs/equations.md, D17). */
public final class FirstStep {
    private FirstStep() {}

    /**
     * {@code a0 · initial}: no spike is before the first step, so u is the very same from the first compare on.
     *
     * @return (neurons) a new array, rounded to float
     */
    public static float[] of(Node.TwoBranch neuron, Shape shape) {
        float[] start = Parameter.perNeuron(neuron.initial().values(), shape);
        float[] kept = Parameter.perNeuron(neuron.a0().values(), shape);
        for (int n = 0; n < start.length; n++) {
            start[n] *= kept[n];
        }
        return start;
    }
}
