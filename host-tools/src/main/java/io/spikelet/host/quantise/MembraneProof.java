package io.spikelet.host.quantise;

import io.spikelet.model.Bounds;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikeCalibration;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A neuron layer at the largest precision at which its worst case over all time steps, as the board's loader computes
 * it, stays below 2^30.
 *
 * @param neuron the layer, declaring that worst case
 * @param rounding what its integers cannot say exactly
 * @param warnings what a person should know, one sentence each
 */
record MembraneProof(Operation.Neuron neuron, NeuronFit.Rounding rounding, List<String> warnings) {
    /** A threshold of 2^20 LSBs: rounding it, or the leak's rounding at every step, is then below one in a million. */
    private static final int HIGHEST_PRECISION = 20;

    /** Below this the threshold itself is rounded coarsely, and the layer is refused. */
    private static final int LOWEST_PRECISION = 6;

    /** From here down a warning says so. */
    private static final int COARSE_PRECISION = 13;

    private static final double COARSE_LEAK = 0.01;
    private static final double COARSE_GAIN = 0.002;
    private static final long MEMBRANE_LIMIT = 1L << 30;

    /** What a layer gives; the bound of potentials is their membrane's. */
    EdgeDomain output() {
        return output(neuron);
    }

    private static EdgeDomain output(Operation.Neuron neuron) {
        return switch (neuron.output()) {
            case SPIKE -> EdgeDomain.SPIKE;
            case BURST ->
                neuron.calibration().isPresent()
                        ? EdgeDomain.signed(SpikeCalibration.LEAST, neuron.burst())
                        : EdgeDomain.unsigned(neuron.burst());
            case POTENTIAL -> EdgeDomain.signed((int) Math.max(1, neuron.membraneMaximum()));
        };
    }

    /**
     * Finds the precision.
     *
     * @param network with all layers that feed this one defined
     * @throws QuantiseException when no useful precision fits
     */
    static MembraneProof of(SpikingNetwork network, int index, NeuronFit fit) throws QuantiseException {
        // Scores add potentials up over all steps.
        boolean isReadOut = network.readout().kind() == Readout.Kind.POTENTIAL
                && index == network.layers().size() - 1;
        long limit = isReadOut ? MEMBRANE_LIMIT / network.timeSteps() : MEMBRANE_LIMIT;
        String name = network.layers().get(index).name();
        for (int precision = HIGHEST_PRECISION; ; precision--) {
            NeuronFit.Draft plain = fit.at(precision);
            NeuronFit.Draft draft = fit.isMultiSpike() ? Bursts.of(network, index, plain) : plain;
            long maximum = Bounds.membraneMaximum(with(network, index, draft.neuron()), index);
            if (maximum < limit) {
                List<String> warnings = warnings(name, precision, draft);
                if (fit.isMultiSpike()) {
                    warnings.addAll(Bursts.warnings(network, index, plain));
                }
                return new MembraneProof(draft.neuron().withMembraneMaximum(maximum), draft.rounding(), warnings);
            }
            boolean fires = draft.neuron().output() != Operation.Neuron.Output.POTENTIAL;
            // Without a threshold to keep, gains may be as coarse as they have to be; a warning tells by how much.
            if (precision == (fires ? LOWEST_PRECISION : 0)) {
                throw refused(name, fires, network.timeSteps());
            }
        }
    }

    private static QuantiseException refused(String name, boolean fires, int timeSteps) {
        return new QuantiseException(
                fires
                        ? "node '" + name + "' could leave 32 bits within " + timeSteps
                                + " time steps at any precision that keeps its threshold; use fewer time steps or a"
                                + " shorter time constant"
                        : "node '" + name + "' could add potentials up beyond 32 bits within " + timeSteps
                                + " time steps; use fewer time steps, or an LI node, which forgets");
    }

    static SpikingNetwork with(SpikingNetwork network, int index, Operation.Neuron neuron) {
        List<Layer> layers = new ArrayList<>(network.layers());
        Layer layer = layers.get(index);
        layers.set(index, new Layer(layer.name(), layer.inputs(), layer.shape(), output(neuron), neuron));
        return network.withLayers(layers);
    }

    private static List<String> warnings(String name, int precision, NeuronFit.Draft draft) {
        Operation.Neuron neuron = draft.neuron();
        NeuronFit.Rounding rounding = draft.rounding();
        List<String> warnings = new ArrayList<>();
        boolean fires = neuron.output() != Operation.Neuron.Output.POTENTIAL;
        if (fires && precision <= COARSE_PRECISION) {
            warnings.add("node '" + name + "' has room for a threshold of only 2^" + precision
                    + " membrane LSBs, since its inputs can add up far within the time steps");
        }
        if (!fires && rounding.gain() > COARSE_GAIN) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "node '%s' compares classes whose potentials are rounded by up to %.2f %%",
                    name,
                    100 * rounding.gain()));
        }
        if (rounding.leak() > COARSE_LEAK) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "node '%s' leaks so slowly that 15 fractional bits change its time constant by up to %.1f %%",
                    name,
                    100 * rounding.leak()));
        }
        return warnings;
    }
}
