package io.spikelet.host.quantise;

import io.spikelet.host.graph.FirstStep;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;
import io.spikelet.model.Operation;
import io.spikelet.model.Parameter;
import io.spikelet.model.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts neurons of two branches and their tables over time into fixed point. As in {@link MembraneFit} the LSB of each
 * membrane makes the gain of its strongest edge, at its strongest step, an exact integer, and the highest threshold at least
 * about {@code 2^precision} LSBs.
 *
 * @param decay0 (neurons) 0..1, like decay1; of a membrane that did not fire, and of one that did
 * @param offset0 (neurons), like offset1
 * @param gain (steps or 1, neurons), like offset and threshold
 * @param isGated whether a gate is the layer's last edge
 */
record TwoBranchFit(
        double[] decay0,
        double[] offset0,
        double[] decay1,
        double[] offset1,
        float[][] gain,
        float[][] offset,
        float[][] threshold,
        Operation.Comparison comparison,
        boolean isGated,
        Shape shape,
        List<NeuronFit.Edge> edges)
        implements NeuronFit {
    private static final int COARSE_PRECISION = 14;

    /**
     * Checks a node.
     *
     * @throws QuantiseException when a decay is not 0 to 1, or a table ends before the last of the time steps
     */
    static TwoBranchFit of(String name, Node.TwoBranch node, Shape shape, List<Edge> edges, int timeSteps)
            throws QuantiseException {
        if (node.steps() > 1 && node.steps() < timeSteps) {
            throw new QuantiseException("node '" + name + "' has tables for " + node.steps() + " time steps, not "
                    + timeSteps + "; run at most so many");
        }
        return new TwoBranchFit(
                decays(name, "a0", node.a0(), shape),
                spread(node.b0(), shape),
                decays(name, "a1", node.a1(), shape),
                spread(node.b1(), shape),
                rows(name, node.gain(), shape, timeSteps),
                started(rows(name, node.offset(), shape, timeSteps), FirstStep.of(node, shape), timeSteps),
                rows(name, node.threshold(), shape, timeSteps),
                node.comparison(),
                node.attention() != null,
                shape,
                edges);
    }

    private static double[] decays(String name, String field, Tensor tensor, Shape shape) throws QuantiseException {
        double[] decays = spread(tensor, shape);
        for (double decay : decays) {
            if (!(decay >= 0 && decay <= 1)) {
                throw new QuantiseException("node '" + name + "', field '" + field + "': is " + (float) decay
                        + "; a board keeps 0 to 1 times a membrane");
            }
        }
        return decays;
    }

    private static double[] spread(Tensor tensor, Shape shape) {
        float[] values = Parameter.perNeuron(tensor.values(), shape);
        double[] spread = new double[values.length];
        for (int n = 0; n < spread.length; n++) {
            spread[n] = values[n];
        }
        return spread;
    }

    private static float[][] rows(String name, Tensor table, Shape shape, int timeSteps) {
        float[][] rows = new float[table.shape()[0] == 1 ? 1 : timeSteps][];
        for (int t = 0; t < rows.length; t++) {
            rows[t] = Node.TwoBranch.row(name, table, t, shape);
        }
        return rows;
    }

    /** The membranes that neurons begin with come with the first step (docs/equations.md, D17). */
    private static float[][] started(float[][] offset, float[] start, int timeSteps) {
        boolean beginsAtZero = true;
        for (float value : start) {
            beginsAtZero &= value == 0;
        }
        if (beginsAtZero) {
            return offset;
        }
        float[][] rows = new float[timeSteps][];
        for (int t = 0; t < rows.length; t++) {
            rows[t] = offset[offset.length == 1 ? 0 : t].clone();
        }
        for (int n = 0; n < start.length; n++) {
            rows[0][n] += start[n];
        }
        return rows;
    }

    @Override
    public Draft at(int precision) {
        double[] unit = new double[shape.size()];
        float[] storedUnit = new float[unit.length];
        for (int n = 0; n < unit.length; n++) {
            unit[n] = unit(n, precision);
            storedUnit[n] = (float) unit[n];
        }
        List<Operation.Drive> drives = new ArrayList<>();
        double gainError = 0;
        for (Edge edge : edges) {
            // What every step adds comes with the first edge whose bias acts from the start.
            boolean carries = edge.biasAtStart() && drives.stream().noneMatch(Operation.Drive::biasAtStart);
            boolean isSteady = gain.length == 1 && (!carries || offset.length == 1);
            int[][] gains = new int[isSteady ? 1 : Math.max(gain.length, offset.length)][unit.length];
            int[][] biases = new int[gains.length][unit.length];
            for (int t = 0; t < gains.length; t++) {
                for (int n = 0; n < unit.length; n++) {
                    double factor = at(gain, t, n);
                    double exact = factor * edge.scale()[n] / unit[n];
                    gains[t][n] = NeuronFit.rounded(exact);
                    gainError = exact == 0 ? gainError : Math.max(gainError, Math.abs(gains[t][n] / exact - 1));
                    double added = factor * edge.bias()[n] + (carries ? at(offset, t, n) : 0);
                    biases[t][n] = NeuronFit.rounded(added / unit[n]);
                }
            }
            drives.add(new Operation.Drive(
                    gains.length,
                    ParameterPacking.pack(gains, shape),
                    ParameterPacking.pack(biases, shape),
                    edge.biasAtStart()));
        }
        int[][] thresholds = new int[threshold.length][unit.length];
        double thresholdError = 0;
        for (int n = 0; n < unit.length; n++) {
            double largest = largest(threshold, n) / unit[n];
            for (int t = 0; t < thresholds.length; t++) {
                double exact = threshold[t][n] / unit[n];
                thresholds[t][n] = MembraneFit.threshold(exact, comparison);
                thresholdError = largest == 0
                        ? thresholdError
                        : Math.max(thresholdError, Math.abs(thresholds[t][n] - exact) / largest);
            }
        }
        Operation.Neuron neuron = new Operation.Neuron(
                        comparison,
                        new int[0],
                        Leaks.pack(decay0, shape),
                        scaled(offset0, unit),
                        Leaks.pack(decay1, shape),
                        scaled(offset1, unit),
                        new int[1],
                        drives,
                        ParameterPacking.pack(storedUnit, shape),
                        0)
                .withThreshold(thresholds.length, ParameterPacking.pack(thresholds, shape));
        double leakError = Math.max(Leaks.error(decay0), Leaks.error(decay1));
        return new Draft(isGated ? neuron.withGate() : neuron, new Rounding(thresholdError, leakError, gainError));
    }

    /** The real value of one membrane LSB. */
    private double unit(int n, int precision) {
        double strongest = 0;
        for (Edge edge : edges) {
            strongest = Math.max(strongest, largest(gain, n) * edge.scale()[n]);
        }
        // Where nothing is kept any threshold may be, also 0: it is measured against what weights can bring.
        boolean isStateless = decay0[n] == 0 && decay1[n] == 0;
        double measure = Math.max(
                largest(threshold, n),
                isStateless || largest(threshold, n) == 0 ? MembraneFit.LEAST_MEASURE * strongest : 0);
        double wanted = (measure == 0 ? 1 : measure) / (1L << bits(precision));
        return strongest == 0 ? wanted : strongest / Math.max(1, Math.rint(strongest / wanted));
    }

    /**
     * Only one step's gain can be an exact integer; where gains change, all above a coarse precision counts twice, so that
     * the others are rounded as little as the membrane's room allows.
     */
    private int bits(int precision) {
        return gain.length == 1 ? precision : precision + Math.max(0, precision - COARSE_PRECISION);
    }

    private static double largest(float[][] table, int n) {
        double largest = 0;
        for (float[] row : table) {
            largest = Math.max(largest, Math.abs(row[n]));
        }
        return largest;
    }

    private static double at(float[][] table, int t, int n) {
        return table[table.length == 1 ? 0 : t][n];
    }

    private int[] scaled(double[] real, double[] unit) {
        int[] scaled = new int[real.length];
        for (int n = 0; n < scaled.length; n++) {
            scaled[n] = NeuronFit.rounded(real[n] / unit[n]);
        }
        return ParameterPacking.pack(scaled, shape);
    }
}
