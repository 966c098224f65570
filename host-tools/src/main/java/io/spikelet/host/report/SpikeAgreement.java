package io.spikelet.host.report;

import java.util.Locale;
import java.util.Optional;

/**
 * How the spikes of one neuron layer compare between float and integers, each network running on its own spikes.
 *
 * @param layer the layer's name
 * @param neuronSteps neurons · time steps · samples
 * @param floatSpikes spikes of the float network
 * @param integerSpikes spikes of the integer network
 * @param bothSpikes spikes that both gave
 * @param first the earliest place where they differ, if they do
 */
public record SpikeAgreement(
        String layer,
        long neuronSteps,
        long floatSpikes,
        long integerSpikes,
        long bothSpikes,
        Optional<Divergence> first) {

    /**
     * One neuron that fired in one network and not in the other. Membranes are those that were compared, before any reset,
     * in the float network's units.
     *
     * @param sample index in the set
     * @param step time step
     * @param neuron index in the layer
     * @param floatFired whether it was the float network that fired
     * @param floatMembrane the float membrane
     * @param floatThreshold what it had to exceed
     * @param integerMembrane the integer membrane times its unit
     * @param integerThreshold the integer threshold times that unit
     * @param cause why; null for bursts
     */
    public record Divergence(
            int sample,
            int step,
            int neuron,
            boolean floatFired,
            double floatMembrane,
            double floatThreshold,
            double integerMembrane,
            double integerThreshold,
            DivergenceCause cause) {

        /** Whether it came before another: in an earlier sample, or an earlier step of the same. */
        public boolean isBefore(Divergence other) {
            return sample < other.sample || sample == other.sample && step < other.step;
        }

        /** One sentence without a full stop. */
        public String sentence() {
            return String.format(
                    Locale.ROOT,
                    "sample %d, step %d, neuron %d: %s fired; float stood at %.6g of %.6g, integers at %.6g of %.6g%s",
                    sample,
                    step,
                    neuron,
                    floatFired ? "float" : "integers",
                    floatMembrane,
                    floatThreshold,
                    integerMembrane,
                    integerThreshold,
                    cause == null ? "" : ": " + cause.words());
        }
    }

    /** Spikes a neuron and step. */
    public double floatRate() {
        return (double) floatSpikes / neuronSteps;
    }

    /** Spikes a neuron and step. */
    public double integerRate() {
        return (double) integerSpikes / neuronSteps;
    }

    /** Spikes that one network gave and not the other. */
    public long differing() {
        return floatSpikes + integerSpikes - 2 * bothSpikes;
    }

    /** The share of all neurons and steps, silent ones too, at which both did the same. */
    public double agreement() {
        return 1 - (double) differing() / neuronSteps;
    }

    /** Of the spikes that either gave, the share that both gave; 1 when there were none. */
    public double spikesInCommon() {
        long either = floatSpikes + integerSpikes - bothSpikes;
        return either == 0 ? 1 : (double) bothSpikes / either;
    }
}
