package io.spikelet.host.quantise;

import io.spikelet.model.Operation;
import io.spikelet.model.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Neurons that give their membranes to a readout, which adds them up over time. Classes are compared with each other, so
 * one LSB is worth the same for all of them: the scales of the rows of weights become gains, and the largest of these is
 * {@code 2^precision}.
 */
record PotentialFit(NeuronDynamics dynamics, Shape shape, List<NeuronFit.Edge> edges) implements NeuronFit {
    @Override
    public Draft at(int precision) {
        double largest = 0;
        for (Edge edge : edges) {
            for (int n = 0; n < shape.size(); n++) {
                largest = Math.max(largest, Math.abs(dynamics.factor()[n]) * edge.scale()[n]);
            }
        }
        double unit = largest == 0 ? 1 : largest / (1L << precision);
        List<Operation.Drive> drives = new ArrayList<>();
        double gainError = 0;
        for (Edge edge : edges) {
            int[] gain = new int[shape.size()];
            int[] bias = new int[shape.size()];
            for (int n = 0; n < gain.length; n++) {
                double exact = dynamics.factor()[n] * edge.scale()[n] / unit;
                gain[n] = NeuronFit.rounded(exact);
                gainError = exact == 0 ? gainError : Math.max(gainError, Math.abs(gain[n] / exact - 1));
                bias[n] = NeuronFit.rounded(dynamics.factor()[n] * edge.bias()[n] / unit);
            }
            drives.add(new Operation.Drive(
                    ParameterPacking.pack(gain, shape), ParameterPacking.pack(bias, shape), edge.biasAtStart()));
        }
        int[] offset = new int[shape.size()];
        for (int n = 0; n < offset.length; n++) {
            offset[n] = NeuronFit.rounded(dynamics.offset()[n] / unit);
        }
        Operation.Neuron neuron = new Operation.Neuron(
                        Operation.Comparison.STRICTLY_ABOVE,
                        dynamics.hasSynapticCurrent() ? Leaks.pack(dynamics.synapticDecay(), shape) : new int[0],
                        Leaks.pack(dynamics.decay(), shape),
                        ParameterPacking.pack(offset, shape),
                        new int[1],
                        new int[1],
                        new int[1],
                        drives,
                        new float[] {(float) unit},
                        0)
                .withOutput(Operation.Neuron.Output.POTENTIAL, 1);
        double leakError = Math.max(
                Leaks.error(dynamics.decay()),
                dynamics.hasSynapticCurrent() ? Leaks.error(dynamics.synapticDecay()) : 0);
        return new Draft(neuron, new Rounding(0, leakError, gainError));
    }
}
