package io.spikelet.host.quantise;

import io.spikelet.model.Operation;
import io.spikelet.model.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Puts a neuron layer's membranes into fixed point. The LSB of each neuron's membrane is chosen so that the gain of its
 * strongest edge is an exact integer and the threshold is about {@code 2^precision} LSBs; the constant factors of the
 * neuron (dt, tau, r, w_in) and the scales of weights and input all disappear into that LSB. Neurons that share all
 * parameters of a channel share the LSB.
 */
final class MembraneFit implements NeuronFit {
    /** A threshold this close to an integer is that integer: the trained parameters are float32. */
    private static final double FLOAT_PRECISION = 1.0 / (1 << 22);

    /** LSBs of the strongest edge. */
    static final int LEAST_MEASURE = 128;

    private final NeuronDynamics dynamics;
    private final boolean isStateless;
    private final Shape shape;
    private final List<Edge> edges;

    MembraneFit(NeuronDynamics dynamics, Shape shape, List<Edge> edges) {
        this.dynamics = dynamics;
        isStateless = java.util.Arrays.stream(dynamics.decay()).allMatch(decay -> decay == 0);
        this.shape = shape;
        this.edges = List.copyOf(edges);
    }

    @Override
    public boolean isMultiSpike() {
        return dynamics.firing().many();
    }

    @Override
    public Draft at(int precision) {
        double[] unit = new double[dynamics.size()];
        for (int n = 0; n < unit.length; n++) {
            unit[n] = unit(n, precision);
        }
        List<Operation.Drive> drives = new ArrayList<>();
        double gainError = 0;
        // Added with the input from the first step on, so on an edge whose bias acts then.
        Edge steady = dynamics.addsOffsetWithInput()
                ? edges.stream().filter(Edge::biasAtStart).findFirst().orElseThrow()
                : null;
        for (Edge edge : edges) {
            int[] gain = new int[unit.length];
            int[] bias = new int[unit.length];
            for (int n = 0; n < unit.length; n++) {
                double exact = dynamics.factor()[n] * edge.scale()[n] / unit[n];
                gain[n] = NeuronFit.rounded(exact);
                gainError = exact == 0 ? gainError : Math.max(gainError, Math.abs(gain[n] / exact - 1));
                double added = dynamics.factor()[n] * edge.bias()[n] + (edge == steady ? dynamics.offset()[n] : 0);
                bias[n] = NeuronFit.rounded(added / unit[n]);
            }
            drives.add(new Operation.Drive(
                    ParameterPacking.pack(gain, shape), ParameterPacking.pack(bias, shape), edge.biasAtStart()));
        }
        int[] threshold = new int[unit.length];
        float[] storedUnit = new float[unit.length];
        double thresholdError = 0;
        for (int n = 0; n < unit.length; n++) {
            double exact = dynamics.threshold()[n] / unit[n];
            threshold[n] = threshold(exact);
            thresholdError = exact == 0 ? thresholdError : Math.max(thresholdError, Math.abs(threshold[n] / exact - 1));
            storedUnit[n] = (float) unit[n];
        }
        int[] none = {};
        Operation.Neuron neuron = new Operation.Neuron(
                dynamics.firing().comparison(),
                dynamics.hasSynapticCurrent() ? Leaks.pack(dynamics.synapticDecay(), shape) : none,
                Leaks.pack(dynamics.decay(), shape),
                steady == null ? scaled(dynamics.offset(), unit) : new int[1],
                Leaks.pack(dynamics.kept(), shape),
                scaled(dynamics.afterSpike(), unit),
                ParameterPacking.pack(threshold, shape),
                drives,
                ParameterPacking.pack(storedUnit, shape),
                0);
        if (dynamics.firing().hasFloor()) {
            double[] floor =
                    Arrays.stream(dynamics.threshold()).map(value -> -value).toArray();
            neuron = neuron.withFloor(scaled(floor, unit));
        }
        double leakError = Math.max(
                Leaks.error(dynamics.decay()),
                dynamics.hasSynapticCurrent() ? Leaks.error(dynamics.synapticDecay()) : 0);
        return new Draft(neuron, new Rounding(thresholdError, leakError, gainError));
    }

    /** The real value of one membrane LSB. */
    private double unit(int n, int precision) {
        double strongest = 0;
        for (Edge edge : edges) {
            strongest = Math.max(strongest, Math.abs(dynamics.factor()[n]) * edge.scale()[n]);
        }
        // A threshold node may have any threshold, also 0: then it is measured against what weights can bring.
        double measure = Math.max(Math.abs(dynamics.threshold()[n]), isStateless ? LEAST_MEASURE * strongest : 0);
        double wanted = (measure == 0 ? 1 : measure) / (1L << precision);
        return strongest == 0 ? wanted : strongest / Math.max(1, Math.rint(strongest / wanted));
    }

    private int threshold(double exact) {
        return threshold(exact, dynamics.firing().comparison());
    }

    /** An integer membrane exceeds a real threshold exactly when it exceeds its floor, and reaches it at its ceiling. */
    static int threshold(double exact, Operation.Comparison comparison) {
        double nearest = Math.rint(exact);
        boolean isInteger = Math.abs(exact - nearest) <= Math.abs(exact) * FLOAT_PRECISION;
        boolean strict = comparison == Operation.Comparison.STRICTLY_ABOVE;
        return NeuronFit.rounded(isInteger ? nearest : strict ? Math.floor(exact) : Math.ceil(exact));
    }

    private int[] scaled(double[] real, double[] unit) {
        int[] scaled = new int[real.length];
        for (int n = 0; n < scaled.length; n++) {
            scaled[n] = NeuronFit.rounded(real[n] / unit[n]);
        }
        return ParameterPacking.pack(scaled, shape);
    }
}
