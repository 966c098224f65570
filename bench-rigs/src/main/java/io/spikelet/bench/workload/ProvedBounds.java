package io.spikelet.bench.workload;

import io.spikelet.model.Bounds;
import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Declares of every layer what {@link Bounds} proves of it, front to back. */
final class ProvedBounds {
    private ProvedBounds() {}

    /** The same network with its proved maxima declared. */
    static SpikingNetwork declare(SpikingNetwork network) {
        List<Layer> layers = new ArrayList<>(network.layers());
        for (int i = 1; i < layers.size(); i++) {
            layers.set(i, declared(network.withLayers(layers), i));
        }
        return network.withLayers(layers);
    }

    private static Layer declared(SpikingNetwork network, int index) {
        Layer layer = network.layers().get(index);
        EdgeDomain output = layer.output();
        Operation operation = layer.operation();
        switch (operation) {
            case Operation.Neuron neuron ->
                operation = neuron.withMembraneMaximum(Bounds.membraneMaximum(network, index));
            case Operation.Input _ -> {
                return layer;
            }
            default -> {
                long worst = Arrays.stream(Bounds.accumulatorMaxima(network, index))
                        .max()
                        .orElseThrow();
                output = new EdgeDomain(output.kind(), Math.max(1, Math.toIntExact(worst)));
            }
        }
        return new Layer(layer.name(), layer.inputs(), layer.shape(), output, operation);
    }
}
