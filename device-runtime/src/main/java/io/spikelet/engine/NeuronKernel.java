package io.spikelet.engine;

import io.spikelet.engine.gather.Family;
import io.spikelet.engine.rows.NeuronArithmetic;
import io.spikelet.fixedpoint.Q15;
import io.spikelet.model.Operation;
import io.spikelet.model.Parameter;
import io.spikelet.model.Shape;
import java.util.Arrays;

/**
 * The one neuron kernel (docs/equations.md, N1): LIF, IF, CubaLIF, GLIF and BNTT neurons with hard, soft or no reset,
 * bursts and potentials are settings of the same two-branch affine update.
 */
final class NeuronKernel implements FastKernel {
    private final Activity target;
    private final Operation.Neuron.Output output;
    private final boolean strict;
    private final int burst;
    private final DriveSum drives;

    /** Q0.15 factors on the membrane, or null when the layer is not gated. */
    private final Activity gate;

    /** (neurons) Q1.15, or null without a synaptic current. */
    private final int[] synapticLeak;

    private final int[] a0;
    private final int[] b0;
    private final int[] a1;
    private final int[] b1;
    private final StepTable threshold;

    /** (neurons) the least that a membrane may be; the least integer without a floor. */
    private final int[] floor;

    /** (neurons) before the reset of the latest spike, which the next step applies. */
    private final int[] membrane;

    /** (neurons) the synaptic current; stays 0 without one. */
    private final int[] current;

    /** Null where what a neuron gave stays given. */
    private final SpikeCalibrator calibrator;

    /** (neurons) the spikes of the latest step, by which resets go; what the layer gives where nothing is taken back. */
    private final int[] fired;

    private NeuronArithmetic neurons = NeuronArithmetic.plain();

    /** What {@link #change} changes to. */
    private NeuronArithmetic ready = neurons;

    /** @param sources the inbound edges: the drives, and the gate behind them where there is one */
    NeuronKernel(Operation.Neuron neuron, Shape shape, Activity[] sources, Activity target) {
        this.target = target;
        output = neuron.output();
        strict = neuron.comparison() == Operation.Comparison.STRICTLY_ABOVE;
        burst = neuron.burst();
        drives = new DriveSum(neuron.drives(), shape, sources);
        gate = neuron.gated() ? sources[sources.length - 1] : null;
        synapticLeak = neuron.hasSynapticCurrent() ? Parameter.perNeuron(neuron.synapticLeak(), shape) : null;
        a0 = Parameter.perNeuron(neuron.a0(), shape);
        b0 = Parameter.perNeuron(neuron.b0(), shape);
        a1 = Parameter.perNeuron(neuron.a1(), shape);
        b1 = Parameter.perNeuron(neuron.b1(), shape);
        floor = Parameter.perNeuron(neuron.hasFloor() ? neuron.floor() : new int[] {Integer.MIN_VALUE}, shape);
        threshold = new StepTable(neuron.thresholdSteps(), neuron.threshold(), shape);
        membrane = new int[shape.size()];
        current = new int[shape.size()];
        calibrator = neuron.calibration()
                .map(calibration -> new SpikeCalibrator(calibration, shape.size()))
                .orElse(null);
        fired = calibrator == null ? target.value : new int[shape.size()];
    }

    @Override
    public void step(int t) {
        drives.gather(t, neurons);
        if (synapticLeak != null) {
            settleSynapses();
        }
        if (gate != null && t > 0) {
            gateMembranes();
        }
        switch (output) {
            case SPIKE -> fire(t);
            case BURST -> burst(t);
            case POTENTIAL -> accumulate();
        }
    }

    /** The synaptic current leaks, takes the input up, and drives the membrane in its place. */
    private void settleSynapses() {
        int[] input = drives.sum;
        for (int n = 0; n < current.length; n++) {
            current[n] = Q15.leak(synapticLeak[n], current[n]) + input[n];
            input[n] = current[n];
        }
    }

    /** {@code membrane ← gate · membrane}, Q0.15, half up. */
    private void gateMembranes() {
        int[] factor = gate.value;
        for (int n = 0; n < membrane.length; n++) {
            membrane[n] = (int) ((long) factor[n] * membrane[n] + (Q15.ONE >> 1) >> Q15.BITS);
        }
    }

    private void fire(int t) {
        neurons.fire(membrane, target.value, drives.sum, a0, b0, a1, b1, floor, threshold.at(t), strict);
        target.index();
    }

    /** As {@link #fire}, with as many spikes at once as thresholds fit into the membrane. */
    private void burst(int t) {
        int[] input = drives.sum;
        int[] limit = threshold.at(t);
        for (int n = 0; n < membrane.length; n++) {
            int u = membrane[n];
            u = fired[n] != 0 ? Q15.leak(a1[n], u) + fired[n] * b1[n] : Q15.leak(a0[n], u) + b0[n];
            u = Math.max(u + input[n], floor[n]);
            membrane[n] = u;
            // Of integers, u > n·threshold is u − 1 ≥ n·threshold.
            int reach = strict ? u - 1 : u;
            fired[n] = u > 0 ? Math.min(burst, reach / limit[n]) : 0;
        }
        if (calibrator != null) {
            calibrator.calibrate(t, fired, target.value);
        }
        target.index();
    }

    private void accumulate() {
        int[] input = drives.sum;
        for (int n = 0; n < membrane.length; n++) {
            membrane[n] = Math.max(Q15.leak(a0[n], membrane[n]) + b0[n] + input[n], floor[n]);
        }
        System.arraycopy(membrane, 0, target.value, 0, membrane.length);
        target.index();
    }

    @Override
    public void use(Family family) {
        neurons = family == Family.VECTOR ? NeuronArithmetic.onVectors() : NeuronArithmetic.plain();
        ready = neurons;
    }

    @Override
    public void adopt(FastKernel warm) {
        ready = ((NeuronKernel) warm).neurons;
    }

    @Override
    public void change() {
        neurons = ready;
    }

    @Override
    public String loops() {
        return neurons == NeuronArithmetic.plain() ? "plain neurons" : "vector neurons";
    }

    @Override
    public long weightBytes() {
        return 0;
    }

    int[] membrane() {
        return membrane;
    }

    int[] threshold() {
        return threshold.at(0);
    }

    int[] leak() {
        return a0;
    }

    int[] offset() {
        return b0;
    }

    int[] leakAfter() {
        return a1;
    }

    int[] spent() {
        return b1;
    }

    int[] gain(int drive) {
        return drives.gain(drive).at(0);
    }

    int[] bias(int drive) {
        return drives.bias(drive).at(0);
    }

    @Override
    public void reset() {
        Arrays.fill(membrane, 0);
        Arrays.fill(current, 0);
        Arrays.fill(fired, 0);
        if (calibrator != null) {
            calibrator.reset();
        }
        target.clear();
    }

    @Override
    public long operations() {
        return 0;
    }

    /** A spike that is taken back is one more event for whoever reads it, so it counts as one. */
    @Override
    public long spikes() {
        if (output == Operation.Neuron.Output.SPIKE) {
            return target.activeCount;
        }
        long spikes = 0;
        for (int n = 0; output == Operation.Neuron.Output.BURST && n < target.value.length; n++) {
            spikes += Math.abs(target.value[n]);
        }
        return spikes;
    }
}
