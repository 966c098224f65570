package io.spikelet.host.quantise;

import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Profile;
import java.util.function.IntToDoubleFunction;

/**
 * A neuron node in steps and real numbers, one value a neuron (docs/equations.md, D1 to D3), with the constant factor
 * of the input pulled out so that it can disappear into the membrane's unit:
 *
 * <pre>
 * current  ← synapticDecay · current + factor · x           only when synapticDecay is present; then x' := current
 * membrane ← fired ? afterSpike + x' : decay · membrane + offset + x'      where x' = factor · x without a synapse
 * fired    ← membrane &gt; threshold
 * </pre>
 *
 * The reset happens at the start of the next step: {@code afterSpike = decay · reset + offset}.
 *
 * @param factor membrane for a unit of input
 * @param synapticDecay 0..1, or null
 * @param decay 0..1
 * @param offset membrane added at every step
 * @param afterSpike membrane with which the step after a spike begins
 * @param threshold the value to exceed, above 0
 */
record NeuronDynamics(
        double[] factor,
        double[] synapticDecay,
        double[] decay,
        double[] offset,
        double[] afterSpike,
        double[] threshold) {

    static NeuronDynamics of(String name, Node node, int size, Profile profile, double dt) throws QuantiseException {
        NeuronDynamics dynamics = switch (node) {
            case Node.If neuron -> of(neuron, size, profile, dt);
            case Node.Lif neuron -> of(neuron, size, dt);
            case Node.CubaLif neuron -> of(neuron, size, dt);
            default -> throw new IllegalArgumentException("node '" + name + "' is no neuron");
        };
        dynamics.verify(name, dt);
        return dynamics;
    }

    private static NeuronDynamics of(Node.If neuron, int size, Profile profile, double dt) {
        IntToDoubleFunction factor = switch (profile.ifScaling()) {
            case UNIT -> i -> 1;
            case TIME_STEP -> i -> dt * neuron.r().at(i);
        };
        return new NeuronDynamics(
                each(size, factor),
                null,
                each(size, i -> 1),
                each(size, i -> 0),
                each(size, i -> neuron.reset().at(i)),
                each(size, i -> neuron.threshold().at(i)));
    }

    private static NeuronDynamics of(Node.Lif neuron, int size, double dt) {
        IntToDoubleFunction rate = i -> dt / neuron.tau().at(i);
        IntToDoubleFunction offset = i -> rate.applyAsDouble(i) * neuron.leak().at(i);
        return new NeuronDynamics(
                each(size, i -> rate.applyAsDouble(i) * neuron.r().at(i)),
                null,
                each(size, i -> 1 - rate.applyAsDouble(i)),
                each(size, offset),
                each(size, i -> (1 - rate.applyAsDouble(i)) * neuron.reset().at(i) + offset.applyAsDouble(i)),
                each(size, i -> neuron.threshold().at(i)));
    }

    private static NeuronDynamics of(Node.CubaLif neuron, int size, double dt) {
        IntToDoubleFunction rate = i -> dt / neuron.tauMem().at(i);
        IntToDoubleFunction synapticRate = i -> dt / neuron.tauSyn().at(i);
        IntToDoubleFunction offset = i -> rate.applyAsDouble(i) * neuron.leak().at(i);
        return new NeuronDynamics(
                each(
                        size,
                        i -> synapticRate.applyAsDouble(i)
                                * neuron.wIn().at(i)
                                * rate.applyAsDouble(i)
                                * neuron.r().at(i)),
                each(size, i -> 1 - synapticRate.applyAsDouble(i)),
                each(size, i -> 1 - rate.applyAsDouble(i)),
                each(size, offset),
                each(size, i -> (1 - rate.applyAsDouble(i)) * neuron.reset().at(i) + offset.applyAsDouble(i)),
                each(size, i -> neuron.threshold().at(i)));
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

    private void verify(String name, double dt) throws QuantiseException {
        for (int n = 0; n < size(); n++) {
            if (!(threshold[n] > 0)) {
                throw new QuantiseException("node '" + name + "' has the threshold " + (float) threshold[n]
                        + "; thresholds must be above 0, shift v_threshold, v_leak and v_reset together");
            }
            verifyDecay(name, decay[n], dt);
            if (hasSynapticCurrent()) {
                verifyDecay(name, synapticDecay[n], dt);
            }
            if (!Double.isFinite(factor[n]) || !Double.isFinite(offset[n]) || !Double.isFinite(afterSpike[n])) {
                throw new QuantiseException("node '" + name + "' has a parameter that is not finite at neuron " + n
                        + "; train or export the model again");
            }
        }
    }

    private static void verifyDecay(String name, double decay, double dt) throws QuantiseException {
        if (!(decay >= 0 && decay <= 1)) {
            throw new QuantiseException("node '" + name + "' has a time constant shorter than the step of " + dt
                    + " s; choose a smaller dt");
        }
    }
}
