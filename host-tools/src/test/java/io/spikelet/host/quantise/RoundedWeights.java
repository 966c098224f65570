package io.spikelet.host.quantise;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;
import io.spikelet.model.Layer;
import io.spikelet.model.Operation;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.WeightKind;
import java.util.LinkedHashMap;
import java.util.Map;

/** A float graph with the weights that quantising leaves of them. */
final class RoundedWeights {
    private RoundedWeights() {}

    static Graph in(Graph graph, SpikingNetwork network) {
        Map<String, Node> nodes = new LinkedHashMap<>(graph.nodes());
        for (Layer layer : network.layers()) {
            Node node = graph.node(layer.name());
            if (layer.operation() instanceof Operation.Dense dense && node instanceof Node.Affine affine) {
                Tensor rounded = rounded(affine.weight(), dense.kind(), dense.weights(), dense.scale());
                nodes.put(layer.name(), new Node.Affine(rounded, affine.bias()));
            }
            if (layer.operation() instanceof Operation.Conv2d conv && node instanceof Node.Conv2d real) {
                nodes.put(
                        layer.name(),
                        new Node.Conv2d(
                                rounded(real.weight(), conv.kind(), conv.weights(), conv.scale()),
                                real.bias(),
                                real.stride(),
                                real.padding(),
                                real.dilation(),
                                real.groups(),
                                real.inputShape()));
            }
        }
        return new Graph(graph.name(), nodes, graph.edges(), graph.warnings(), graph.digest());
    }

    private static Tensor rounded(Tensor real, WeightKind kind, byte[] weights, float[] scale) {
        float[] values = new float[weights.length];
        int row = weights.length / scale.length;
        for (int i = 0; i < values.length; i++) {
            values[i] = kind.value(weights[i]) * scale[i / row];
        }
        return new Tensor(values, real.shape());
    }
}
