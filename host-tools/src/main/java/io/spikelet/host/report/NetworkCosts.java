package io.spikelet.host.report;

import io.spikelet.model.Delay;
import io.spikelet.model.FirstSpike;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.Parameter;
import io.spikelet.model.SpikingNetwork;
import java.util.Arrays;
import java.util.List;

/**
 * What one sample costs an integer network, as means over samples, by NeuroBench's definitions (arXiv 2304.04640).
 *
 * @param operations of all weighted layers
 * @param membraneUpdates neurons times steps
 * @param activationSparsity the share of zeros over the values of all layers that fire, steps and samples; NaN where
 *     none fires
 * @param connectionSparsity the share of stored weights that are 0
 * @param parameterBytes stored parameters, as {@link PayloadBytes} has them without names and framing
 * @param stateBytes membranes, synaptic currents and values on their way, 4 bytes each
 */
public record NetworkCosts(
        SynapticOperations operations,
        long membraneUpdates,
        double activationSparsity,
        double connectionSparsity,
        long parameterBytes,
        long stateBytes) {

    /** NeuroBench's footprint: parameters and what must be kept between steps. */
    public long footprint() {
        return parameterBytes + stateBytes;
    }

    /** @param layers what each layer did, in the order of computation */
    public static NetworkCosts of(SpikingNetwork network, List<LayerActivity> layers) {
        SynapticOperations operations = SynapticOperations.NONE;
        double silent = 0;
        long firing = 0;
        long neurons = 0;
        long state = 0;
        long weights = 0;
        long zeros = 0;
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = network.layers().get(i);
            LayerActivity activity = layers.get(i);
            operations = operations.plus(activity.operations().orElse(SynapticOperations.NONE));
            int size = layer.shape().size();
            if (activity.sparsity().isPresent()) {
                silent += activity.sparsity().get() * size;
                firing += size;
            }
            switch (layer.operation()) {
                case Operation.Neuron neuron -> {
                    neurons += size;
                    state += neuron.hasSynapticCurrent() ? 2L * size : size;
                }
                case FirstSpike _ -> neurons += size;
                case Delay delay ->
                    state += Arrays.stream(Parameter.perNeuron(delay.steps(), layer.shape()))
                            .asLongStream()
                            .sum();
                case Operation.Dense dense -> {
                    weights += dense.weights().length;
                    zeros += zeros(dense.kind(), dense.weights());
                }
                case Operation.Conv2d conv -> {
                    weights += conv.weights().length;
                    zeros += zeros(conv.kind(), conv.weights());
                }
                default -> {}
            }
        }
        long parameters = PayloadBytes.of(network).parts().stream()
                .filter(part -> !part.kind().equals(PayloadBytes.REST))
                .mapToLong(PayloadBytes.Part::bytes)
                .sum();
        return new NetworkCosts(
                operations,
                neurons * network.timeSteps(),
                silent / firing,
                (double) zeros / weights,
                parameters,
                state * Integer.BYTES);
    }

    private static long zeros(io.spikelet.model.WeightKind kind, byte[] weights) {
        long zeros = 0;
        for (byte weight : weights) {
            zeros += kind.value(weight) == 0 ? 1 : 0;
        }
        return zeros;
    }
}
