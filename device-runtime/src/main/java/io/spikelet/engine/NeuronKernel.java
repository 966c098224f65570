package io.spikelet.engine;

import io.spikelet.fixedpoint.Q15;
import io.spikelet.model.Operation;
import io.spikelet.model.Parameter;
import io.spikelet.model.Shape;

/**
 * The one neuron kernel (docs/equations.md, N1): LIF, IF and CubaLIF with hard, soft or no reset are settings of the
 * same two-branch affine update.
 */
final class NeuronKernel implements Kernel {
    private final Activity[] sources;
    private final Activity target;
    private final boolean strict;

    /** (neurons) Q1.15, or null without a synaptic current. */
    private final int[] synapticLeak;

    private final int[] a0;
    private final int[] b0;
    private final int[] a1;
    private final int[] b1;
    private final int[] threshold;

    /** (drives, neurons) membrane LSBs for one accumulator LSB. */
    private final int[][] gain;

    /** (drives, neurons) membrane LSBs a step. */
    private final int[][] bias;

    private final boolean[] biasAtStart;

    /** (neurons) before the reset of the latest spike, which the next step applies. */
    private final int[] membrane;

    /** (neurons) the synaptic current; stays 0 without one. */
    private final int[] current;

    /** (neurons) this step's input to the membrane. */
    private final int[] input;

    NeuronKernel(Operation.Neuron neuron, Shape shape, Activity[] sources, Activity target) {
        this.sources = sources;
        this.target = target;
        strict = neuron.comparison() == Operation.Comparison.STRICTLY_ABOVE;
        synapticLeak = neuron.hasSynapticCurrent() ? Parameter.perNeuron(neuron.synapticLeak(), shape) : null;
        a0 = Parameter.perNeuron(neuron.a0(), shape);
        b0 = Parameter.perNeuron(neuron.b0(), shape);
        a1 = Parameter.perNeuron(neuron.a1(), shape);
        b1 = Parameter.perNeuron(neuron.b1(), shape);
        threshold = Parameter.perNeuron(neuron.threshold(), shape);
        gain = new int[sources.length][];
        bias = new int[sources.length][];
        biasAtStart = new boolean[sources.length];
        for (int k = 0; k < sources.length; k++) {
            gain[k] = Parameter.perNeuron(neuron.drives().get(k).gain(), shape);
            bias[k] = Parameter.perNeuron(neuron.drives().get(k).bias(), shape);
            biasAtStart[k] = neuron.drives().get(k).biasAtStart();
        }
        membrane = new int[shape.size()];
        current = new int[shape.size()];
        input = new int[shape.size()];
    }

    @Override
    public void step(int t) {
        gather(t);
        if (synapticLeak != null) {
            settleSynapses();
        }
        int[] fired = target.value;
        int[] active = target.active;
        int count = 0;
        for (int n = 0; n < membrane.length; n++) {
            int u = membrane[n];
            u = fired[n] != 0 ? Q15.leak(a1[n], u) + b1[n] : Q15.leak(a0[n], u) + b0[n];
            u += input[n];
            membrane[n] = u;
            if (strict ? u > threshold[n] : u >= threshold[n]) {
                fired[n] = 1;
                active[count++] = n;
            } else {
                fired[n] = 0;
            }
        }
        target.activeCount = count;
    }

    /** {@code input = Σ_k gain[k]·acc[k] + bias[k]}. */
    private void gather(int t) {
        java.util.Arrays.fill(input, 0);
        for (int k = 0; k < sources.length; k++) {
            int[] accumulator = sources[k].value;
            int[] factor = gain[k];
            for (int n = 0; n < input.length; n++) {
                input[n] += factor[n] * accumulator[n];
            }
            if (t > 0 || biasAtStart[k]) {
                int[] offset = bias[k];
                for (int n = 0; n < input.length; n++) {
                    input[n] += offset[n];
                }
            }
        }
    }

    /** The synaptic current leaks, takes the input up, and drives the membrane in its place. */
    private void settleSynapses() {
        for (int n = 0; n < current.length; n++) {
            current[n] = Q15.leak(synapticLeak[n], current[n]) + input[n];
            input[n] = current[n];
        }
    }

    int[] membrane() {
        return membrane;
    }

    int[] threshold() {
        return threshold;
    }

    int[] leak() {
        return a0;
    }

    int[] gain(int drive) {
        return gain[drive];
    }

    int[] bias(int drive) {
        return bias[drive];
    }

    @Override
    public void reset() {
        java.util.Arrays.fill(membrane, 0);
        java.util.Arrays.fill(current, 0);
        target.clear();
    }

    @Override
    public long operations() {
        return 0;
    }
}
