package io.spikelet.host.reference;

import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.graph.Tensor;
import io.spikelet.model.Operation.Comparison;
import java.util.function.IntToDoubleFunction;

/**
 * The discretised constants of a neuron node, one of each a neuron (docs/equations.md, D1 to D4, D8, D13 to D15):
 *
 * <pre>
 * current  ← currentDecay · current + currentGain · x      only with a synaptic current; then x := current
 * membrane ← decay · membrane + gain · x + leak            less what the step before owes (SUBTRACT_IN_NEXT_STEP)
 * membrane ← max(membrane, −threshold)                     only where it has a floor
 * n        ← membrane &gt; threshold, or ≥, as 0 or 1; or as many thresholds as fit; never where that is infinite
 * membrane ← n ≠ 0 ? reset or membrane − n · threshold : membrane
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
 * @param reset membrane after a spike; not read where the threshold is subtracted
 * @param rule what fires, and what a spike does
 */
record NeuronCoefficients(
        float[] currentDecay,
        float[] currentGain,
        float[] decay,
        float[] gain,
        float[] leak,
        float[] threshold,
        float[] reset,
        Rule rule)
        implements NeuronLaw {
    /**
     * What fires, and what a spike does.
     *
     * @param atLeast whether a membrane equal to the threshold fires
     * @param many whether as many spikes leave as thresholds fit
     */
    record Rule(Profile.Reset reset, boolean atLeast, boolean many, boolean hasFloor) {
        private static final Rule THRESHOLD = new Rule(Profile.Reset.TO_VALUE, false, false, false);

        private static Rule of(Profile profile, boolean hasCurrent) {
            return new Rule(
                    hasCurrent ? profile.currentReset() : profile.reset(),
                    profile.comparison() == Comparison.AT_OR_ABOVE,
                    profile.isMultiSpike(),
                    profile.hasFloor());
        }
    }

    private static final float[] NONE = {};
    private static final Tensor NEVER = Tensor.scalar(Float.POSITIVE_INFINITY);

    @Override
    public boolean fires(double compared, double limit) {
        return rule.atLeast() ? compared >= limit : compared > limit;
    }

    @Override
    public double synaptic(int neuron) {
        return currentDecay.length > 0 ? currentDecay[neuron] : 0;
    }

    @Override
    public double gain(int step, int neuron) {
        return (double) gain[neuron] * (currentGain.length > 0 ? currentGain[neuron] : 1);
    }

    @Override
    public double offset(int step, int neuron) {
        return 0;
    }

    @Override
    public double a0(int neuron) {
        return decay[neuron];
    }

    @Override
    public double b0(int neuron) {
        return leak[neuron];
    }

    @Override
    public double a1(int neuron) {
        return rule.reset() == Profile.Reset.TO_VALUE ? 0 : decay[neuron];
    }

    @Override
    public double b1(int neuron) {
        return switch (rule.reset()) {
            case TO_VALUE -> (double) decay[neuron] * reset[neuron] + leak[neuron];
            case SUBTRACT_THRESHOLD -> leak[neuron] - (double) decay[neuron] * threshold[neuron];
            case SUBTRACT_IN_NEXT_STEP -> (double) leak[neuron] - threshold[neuron];
        };
    }

    @Override
    public double threshold(int step, int neuron) {
        return threshold[neuron];
    }

    /** Whether the node gives spikes; otherwise it gives its membrane. */
    boolean fires() {
        return threshold.length == 0 || threshold[0] != Float.POSITIVE_INFINITY;
    }

    /** @param node one that fires or integrates */
    static NeuronCoefficients of(Node node, Profile profile, double dt, int size) {
        return switch (node) {
            case Node.If neuron -> of(neuron, profile, dt, size);
            case Node.Lif neuron -> of(neuron, profile, dt, size);
            case Node.CubaLif neuron -> of(neuron, profile, dt, size);
            case Node.Threshold threshold -> of(threshold, size);
            case Node.Integrator integrator -> of(integrator.withThreshold(NEVER), profile, dt, size);
            default -> throw new IllegalArgumentException("a node that fires or integrates is wanted: node=" + node);
        };
    }

    /** Keeps nothing from step to step. */
    private static NeuronCoefficients of(Node.Threshold node, int size) {
        float[] zeros = new float[size];
        float[] threshold = node.threshold().spread(size);
        return new NeuronCoefficients(NONE, NONE, zeros, each(size, i -> 1), zeros, threshold, zeros, Rule.THRESHOLD);
    }

    private static NeuronCoefficients of(Node.If node, Profile profile, double dt, int size) {
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
                Rule.of(profile, false));
    }

    private static NeuronCoefficients of(Node.Lif node, Profile profile, double dt, int size) {
        Tensor tau = node.tau();
        return new NeuronCoefficients(
                NONE,
                NONE,
                each(size, i -> profile.decay(dt, tau.at(i))),
                each(size, i -> dt / tau.at(i) * node.r().at(i)),
                each(size, i -> dt / tau.at(i) * node.leak().at(i)),
                values(size, node.threshold()),
                values(size, node.reset()),
                Rule.of(profile, false));
    }

    private static NeuronCoefficients of(Node.CubaLif node, Profile profile, double dt, int size) {
        Tensor tauSyn = node.tauSyn();
        Tensor tauMem = node.tauMem();
        return new NeuronCoefficients(
                each(size, i -> profile.decay(dt, tauSyn.at(i))),
                each(size, i -> dt / tauSyn.at(i) * node.wIn().at(i)),
                each(size, i -> profile.decay(dt, tauMem.at(i))),
                each(size, i -> dt / tauMem.at(i) * node.r().at(i)),
                each(size, i -> dt / tauMem.at(i) * node.leak().at(i)),
                values(size, node.threshold()),
                values(size, node.reset()),
                Rule.of(profile, true));
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
