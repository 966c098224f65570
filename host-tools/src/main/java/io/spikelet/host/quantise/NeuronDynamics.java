package io.spikelet.host.quantise;

import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import io.spikelet.host.graph.Tensor;
import io.spikelet.model.Operation.Comparison;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * A neuron or threshold node in steps and real numbers, one value a neuron (docs/equations.md, D1 to D4, D8, D13 to D15),
 * with the constant factor of the input pulled out so that it can disappear into the membrane's unit:
 *
 * <pre>
 * current  ← synapticDecay · current + factor · x           only when synapticDecay is present; then x' := current
 * membrane ← fired ? kept · membrane + afterSpike + x' : decay · membrane + offset + x'     x' = factor · x without one
 * fired    ← membrane &gt; threshold
 * </pre>
 *
 * The reset happens at the start of the next step: to a value, {@code kept = 0, afterSpike = decay · reset + offset}; by
 * subtraction, {@code kept = decay, afterSpike = offset − decay · threshold}, or {@code offset − threshold} where that
 * happens in the next step. A threshold node has no decay at all. Where several spikes leave at once, afterSpike counts
 * for each and holds no offset.
 *
 * @param factor membrane for a unit of input
 * @param synapticDecay 0..1, or null
 * @param decay 0..1
 * @param offset membrane added at every step
 * @param kept 0..1, decay of a membrane that fired
 * @param afterSpike membrane added in the step after a spike
 * @param threshold the value to exceed, above 0 but for threshold nodes
 * @param firing how it is compared
 */
record NeuronDynamics(
        double[] factor,
        double[] synapticDecay,
        double[] decay,
        double[] offset,
        double[] kept,
        double[] afterSpike,
        double[] threshold,
        Firing firing) {

    /**
     * How membranes meet their threshold.
     *
     * @param many whether as many spikes leave as thresholds fit
     * @param hasFloor whether a membrane stops at minus its threshold
     */
    record Firing(Comparison comparison, boolean many, boolean hasFloor) {
        private static final Firing ABOVE = new Firing(Comparison.STRICTLY_ABOVE, false, false);
    }

    /** A node's reset under its profile. */
    private record Rule(Profile.Reset reset, Firing firing) {
        private static Rule of(Profile profile, boolean hasCurrent) {
            return new Rule(
                    hasCurrent ? profile.currentReset() : profile.reset(),
                    new Firing(profile.comparison(), profile.isMultiSpike(), profile.hasFloor()));
        }
    }

    private static final Tensor ONE = Tensor.scalar(1);

    /** Neurons that keep nothing and pass on what reaches them. */
    static NeuronDynamics passing(int size) {
        double[] ones = each(size, i -> 1);
        double[] zeros = new double[size];
        return new NeuronDynamics(ones, null, zeros, zeros, zeros, zeros, ones, Firing.ABOVE);
    }

    /** @param node one that fires or integrates; the latter's threshold and reset mean nothing */
    static NeuronDynamics of(String name, Node node, int size, Profile profile, double dt) throws QuantiseException {
        NeuronDynamics dynamics = switch (node) {
            case Node.If neuron -> of(neuron, size, profile, dt);
            case Node.Lif neuron -> of(neuron, size, profile, dt);
            case Node.CubaLif neuron -> of(neuron, size, profile, dt);
            case Node.Threshold threshold -> of(threshold, size);
            case Node.BurstIf neuron -> of(neuron, size);
            case Node.Integrator integrator -> of(name, integrator.withThreshold(ONE), size, profile, dt);
            default -> throw new IllegalArgumentException("node '" + name + "' does not fire");
        };
        dynamics.verify(name, node, dt);
        return dynamics;
    }

    private static NeuronDynamics of(Node.Threshold node, int size) {
        double[] zeros = new double[size];
        float[] threshold = node.threshold().spread(size);
        return new NeuronDynamics(
                each(size, i -> 1), null, zeros, zeros, zeros, zeros, each(size, i -> threshold[i]), Firing.ABOVE);
    }

    /** One spike's reset; how many there are, {@link BurstFit} says. */
    private static NeuronDynamics of(Node.BurstIf neuron, int size) {
        double[] ones = each(size, i -> 1);
        double[] zeros = new double[size];
        Tensor threshold = neuron.threshold();
        return new NeuronDynamics(
                ones,
                null,
                ones,
                zeros,
                ones,
                each(size, i -> -threshold.at(i)),
                each(size, threshold::at),
                new Firing(Comparison.AT_OR_ABOVE, false, false));
    }

    private static NeuronDynamics of(Node.If neuron, int size, Profile profile, double dt) {
        IntToDoubleFunction factor = switch (profile.ifScaling()) {
            case UNIT -> i -> 1;
            case TIME_STEP -> i -> dt * neuron.r().at(i);
        };
        return resetting(
                each(size, factor),
                null,
                size,
                i -> 1,
                i -> 0,
                neuron.reset(),
                neuron.threshold(),
                Rule.of(profile, false));
    }

    private static NeuronDynamics of(Node.Lif neuron, int size, Profile profile, double dt) {
        IntToDoubleFunction rate = i -> dt / neuron.tau().at(i);
        return resetting(
                each(size, i -> rate.applyAsDouble(i) * neuron.r().at(i)),
                null,
                size,
                i -> profile.decay(dt, neuron.tau().at(i)),
                i -> rate.applyAsDouble(i) * neuron.leak().at(i),
                neuron.reset(),
                neuron.threshold(),
                Rule.of(profile, false));
    }

    private static NeuronDynamics of(Node.CubaLif neuron, int size, Profile profile, double dt) {
        IntToDoubleFunction rate = i -> dt / neuron.tauMem().at(i);
        IntToDoubleFunction synapticRate = i -> dt / neuron.tauSyn().at(i);
        return resetting(
                each(
                        size,
                        i -> synapticRate.applyAsDouble(i)
                                * neuron.wIn().at(i)
                                * rate.applyAsDouble(i)
                                * neuron.r().at(i)),
                each(size, i -> profile.decay(dt, neuron.tauSyn().at(i))),
                size,
                i -> profile.decay(dt, neuron.tauMem().at(i)),
                i -> rate.applyAsDouble(i) * neuron.leak().at(i),
                neuron.reset(),
                neuron.threshold(),
                Rule.of(profile, true));
    }

    private static NeuronDynamics resetting(
            double[] factor,
            double[] synapticDecay,
            int size,
            IntToDoubleFunction decay,
            IntToDoubleFunction offset,
            Tensor reset,
            Tensor threshold,
            Rule rule) {
        boolean subtracts = rule.reset() != Profile.Reset.TO_VALUE;
        IntToDoubleFunction spike = switch (rule.reset()) {
            case TO_VALUE -> i -> decay.applyAsDouble(i) * reset.at(i);
            case SUBTRACT_THRESHOLD -> i -> -decay.applyAsDouble(i) * threshold.at(i);
            case SUBTRACT_IN_NEXT_STEP -> i -> -threshold.at(i);
        };
        boolean counted = subtracts && rule.firing().many();
        return new NeuronDynamics(
                factor,
                synapticDecay,
                each(size, decay),
                each(size, offset),
                each(size, subtracts ? decay : i -> 0),
                each(size, i -> spike.applyAsDouble(i) + (counted ? 0 : offset.applyAsDouble(i))),
                each(size, threshold::at),
                rule.firing());
    }

    private static double[] each(int size, IntToDoubleFunction value) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = value.applyAsDouble(i);
        }
        return values;
    }

    int size() {
        return threshold.length;
    }

    boolean hasSynapticCurrent() {
        return synapticDecay != null;
    }

    private void verify(String name, Node node, double dt) throws QuantiseException {
        for (int n = 0; n < size(); n++) {
            if (node.isNeuron() && !(threshold[n] > 0)) {
                throw new QuantiseException("node '" + name + "' has the threshold " + (float) threshold[n]
                        + "; thresholds must be above 0, shift v_threshold, v_leak and v_reset together");
            }
            verifyDecay(name, decay[n], dt);
            if (hasSynapticCurrent()) {
                verifyDecay(name, synapticDecay[n], dt);
            }
            if (firing.many() && !countsBySpike(n)) {
                throw new QuantiseException("node '" + name + "' fires several times a step and then starts from "
                        + (float) afterSpike[n] + (hasSynapticCurrent() ? ", with a v_leak behind a synapse" : "")
                        + ", which integers cannot say; take a profile of one spike a step, or set v_leak and v_reset"
                        + " to 0");
            }
            if (!Double.isFinite(factor[n]) || !Double.isFinite(offset[n]) || !Double.isFinite(afterSpike[n])) {
                throw new QuantiseException("node '" + name + "' has a parameter that is not finite at neuron " + n
                        + "; train or export the model again");
            }
        }
    }

    /** Whether what spikes do can be counted by spike, and what each step adds can be added beside it. */
    private boolean countsBySpike(int n) {
        return kept[n] == 0 ? afterSpike[n] == 0 : offset[n] == 0 || !hasSynapticCurrent();
    }

    /** Whether what each step adds must come with the input, since a spike's part is counted. */
    boolean addsOffsetWithInput() {
        return firing.many() && Arrays.stream(kept).anyMatch(decay -> decay != 0);
    }

    private static void verifyDecay(String name, double decay, double dt) throws QuantiseException {
        if (!(decay >= 0 && decay <= 1)) {
            throw new QuantiseException("node '" + name + "' has a time constant shorter than the step of " + dt
                    + " s; choose a smaller dt");
        }
    }
}
