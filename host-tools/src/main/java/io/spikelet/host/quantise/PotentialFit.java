package io.spikelet.host.quantise;

import io.spikelet.model.Operation;
import io.spikelet.model.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Neurons that pass on what reaches them, for a readout that adds it up over time. Classes are compared with each other,
 * so one LSB is worth the same for all of them: the scales of the rows of weights become gains, and the largest of these
 * is {@code 2^precision}.
 */
record PotentialFit(Shape shape, List<NeuronFit.Edge> edges) implements NeuronFit {
    @Override
    public Draft at(int precision) {
        double largest = 0;
        for (Edge edge : edges) {
            for (double scale : edge.scale()) {
                largest = Math.max(largest, scale);
            }
        }
        double unit = largest == 0 ? 1 : largest / (1L << precision);
        List<Operation.Drive> drives = new ArrayList<>();
        double gainError = 0;
        for (Edge edge : edges) {
            int[] gain = new int[shape.size()];
            int[] bias = new int[shape.size()];
            for (int n = 0; n < gain.length; n++) {
                double exact = edge.scale()[n] / unit;
                gain[n] = NeuronFit.rounded(exact);
                gainError = exact == 0 ? gainError : Math.max(gainError, Math.abs(gain[n] / exact - 1));
                bias[n] = NeuronFit.rounded(edge.bias()[n] / unit);
            }
            drives.add(new Operation.Drive(
                    ParameterPacking.pack(gain, shape), ParameterPacking.pack(bias, shape), edge.biasAtStart()));
        }
        int[] none = {};
        Operation.Neuron neuron = new Operation.Neuron(
                        Operation.Comparison.STRICTLY_ABOVE,
                        none,
                        new int[1],
                        new int[1],
                        new int[1],
                        new int[1],
                        new int[1],
                        drives,
                        new float[] {(float) unit},
                        0)
                .withOutput(Operation.Neuron.Output.POTENTIAL, 1);
        return new Draft(neuron, new Rounding(0, 0, gainError));
    }
}
