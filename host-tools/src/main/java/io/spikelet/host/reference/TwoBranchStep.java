package io.spikelet.host.reference;

import io.spikelet.host.graph.Node;
import io.spikelet.model.Operation.Comparison;
import io.spikelet.model.Parameter;
import io.spikelet.model.Shape;
import java.util.Arrays;

/** Neurons of two branches; keeps membranes, spikes and the number of the step, which chooses the row of each table. */
final class TwoBranchStep implements MembraneStep {
    private final String name;
    private final Node.TwoBranch neuron;
    private final Shape shape;
    private final float[] a0;
    private final float[] b0;
    private final float[] a1;
    private final float[] b1;
    private final float[] arriving;
    private final float[] output;
    private final float[] membrane;
    private final boolean[] fired;
    private float[] gain;
    private float[] offset;
    private float[] threshold;
    private int step;

    TwoBranchStep(String name, Node.TwoBranch neuron, Shape shape, float[] arriving, float[] output) {
        this.name = name;
        this.neuron = neuron;
        this.shape = shape;
        this.arriving = arriving;
        this.output = output;
        a0 = Parameter.perNeuron(neuron.a0().values(), shape);
        b0 = Parameter.perNeuron(neuron.b0().values(), shape);
        a1 = Parameter.perNeuron(neuron.a1().values(), shape);
        b1 = Parameter.perNeuron(neuron.b1().values(), shape);
        membrane = new float[output.length];
        fired = new boolean[output.length];
    }

    @Override
    public float[] membrane() {
        return membrane;
    }

    @Override
    public void reset() {
        Arrays.fill(membrane, 0);
        Arrays.fill(fired, false);
        step = 0;
    }

    @Override
    public void run() {
        if (step == 0 || neuron.steps() > 1) {
            gain = Node.TwoBranch.row(name, neuron.gain(), step, shape);
            offset = Node.TwoBranch.row(name, neuron.offset(), step, shape);
            threshold = Node.TwoBranch.row(name, neuron.threshold(), step, shape);
        }
        boolean atLeast = neuron.comparison() == Comparison.AT_OR_ABOVE;
        for (int i = 0; i < membrane.length; i++) {
            float kept = fired[i] ? a1[i] * membrane[i] + b1[i] : a0[i] * membrane[i] + b0[i];
            membrane[i] = kept + gain[i] * arriving[i] + offset[i];
            fired[i] = atLeast ? membrane[i] >= threshold[i] : membrane[i] > threshold[i];
            output[i] = fired[i] ? 1 : 0;
        }
        step++;
    }
}
