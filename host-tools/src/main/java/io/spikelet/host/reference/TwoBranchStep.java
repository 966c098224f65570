package io.spikelet.host.reference;

import io.spikelet.host.graph.FirstStep;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;
import io.spikelet.model.Operation.Comparison;
import io.spikelet.model.Parameter;
import io.spikelet.model.Shape;
import java.util.Arrays;

/**
 * Neurons of two branches; keeps membranes, spikes and the number of the step, which chooses the row of each table. As a law,
 * they begin at 0 and the first step's offset brings what they begin with.
 */
final class TwoBranchStep implements MembraneStep, NeuronLaw {
    private final String name;
    private final Node.TwoBranch neuron;
    private final Shape shape;
    private final float[] a0;
    private final float[] b0;
    private final float[] a1;
    private final float[] b1;
    private final float[] initial;
    private final float[] start;
    private final float[] arriving;
    private final float[] output;
    private final float[] membrane;
    private final boolean[] fired;

    /** Null where nothing gates the membranes. */
    private final AttentionFactors attention;

    private float[] gain;
    private float[] offset;
    private float[] threshold;
    private int step;

    /** (neurons) who fires, whatever the membranes say; null where these decide. */
    private int[] imposed;

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
        initial = Parameter.perNeuron(neuron.initial().values(), shape);
        start = FirstStep.of(neuron, shape);
        membrane = initial.clone();
        fired = new boolean[output.length];
        attention = neuron.attention() == null ? null : new AttentionFactors(neuron.attention(), shape);
    }

    @Override
    public float[] membrane() {
        return membrane;
    }

    @Override
    public void reset() {
        System.arraycopy(initial, 0, membrane, 0, membrane.length);
        Arrays.fill(fired, false);
        if (attention != null) {
            attention.reset();
        }
        step = 0;
    }

    @Override
    public void run() {
        if (step == 0 || neuron.steps() > 1) {
            gain = Node.TwoBranch.row(name, neuron.gain(), step, shape);
            offset = Node.TwoBranch.row(name, neuron.offset(), step, shape);
            threshold = Node.TwoBranch.row(name, neuron.threshold(), step, shape);
        }
        if (attention != null && step > 0) {
            attention.run(fired);
            for (int i = 0; i < membrane.length; i++) {
                membrane[i] *= attention.values()[i];
            }
        }
        boolean atLeast = neuron.comparison() == Comparison.AT_OR_ABOVE;
        for (int i = 0; i < membrane.length; i++) {
            float kept = fired[i] ? a1[i] * membrane[i] + b1[i] : a0[i] * membrane[i] + b0[i];
            membrane[i] = kept + gain[i] * arriving[i] + offset[i];
            fired[i] = imposed != null
                    ? imposed[i] != 0
                    : atLeast ? membrane[i] >= threshold[i] : membrane[i] > threshold[i];
            output[i] = fired[i] ? 1 : 0;
        }
        step++;
    }

    @Override
    public float[] integrated() {
        return membrane;
    }

    @Override
    public float[] arriving() {
        return arriving;
    }

    @Override
    public float[] gate() {
        return attention == null ? new float[0] : attention.values();
    }

    @Override
    public NeuronLaw law() {
        return this;
    }

    @Override
    public void impose(int[] spikes) {
        imposed = spikes;
    }

    @Override
    public double synaptic(int n) {
        return 0;
    }

    @Override
    public double gain(int t, int n) {
        return at(neuron.gain(), t, n);
    }

    @Override
    public double offset(int t, int n) {
        return at(neuron.offset(), t, n) + (t == 0 ? start[n] : 0);
    }

    @Override
    public double a0(int n) {
        return a0[n];
    }

    @Override
    public double b0(int n) {
        return b0[n];
    }

    @Override
    public double a1(int n) {
        return a1[n];
    }

    @Override
    public double b1(int n) {
        return b1[n];
    }

    @Override
    public double threshold(int t, int n) {
        return at(neuron.threshold(), t, n);
    }

    @Override
    public boolean fires(double compared, double limit) {
        return neuron.comparison() == Comparison.AT_OR_ABOVE ? compared >= limit : compared > limit;
    }

    private double at(Tensor table, int t, int n) {
        return Node.TwoBranch.row(name, table, t, shape)[n];
    }
}
