package io.spikelet.host.inspect;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphOrder;
import io.spikelet.host.graph.GraphShapes;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.NodeParts;
import io.spikelet.host.graph.Tensor;
import io.spikelet.model.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One node of a graph, measured.
 *
 * @param kind NIR's name for it, where NIR has one
 * @param arrives what reaches it, after fan-in
 * @param gives its output
 * @param parameters weights and biases, those of an attention too
 * @param fanIn inputs that one output adds up through weights of its own; 0 without weights
 * @param values ranges of its real numbers by field
 * @param settings whole numbers by field, without shapes that the graph tells anyway
 * @param from names of its sources; those over a recurrent edge end in {@code (late)}
 */
public record NodeFacts(
        String name,
        String kind,
        Shape arrives,
        Shape gives,
        long parameters,
        long fanIn,
        Map<String, Interval> values,
        Map<String, int[]> settings,
        List<String> from) {

    /** In the order of computation. */
    public static List<NodeFacts> of(Graph graph) {
        GraphOrder order = GraphOrder.of(graph);
        GraphShapes shapes = GraphShapes.of(graph, order);
        List<NodeFacts> facts = new ArrayList<>();
        for (String name : order.nodes()) {
            Node node = graph.node(name);
            NodeParts parts = NodeParts.of(node);
            Map<String, Interval> values = new LinkedHashMap<>();
            parts.values().forEach((field, tensor) -> {
                if (tensor.size() > 0) {
                    values.put(field, Interval.of(tensor.values()));
                }
            });
            Map<String, int[]> settings = new LinkedHashMap<>(parts.settings());
            settings.keySet().removeAll(List.of("shape", "input_shape"));
            List<String> from = graph.edges().stream()
                    .filter(edge -> edge.to().equals(name))
                    .map(edge -> edge.from() + (order.isRecurrent(edge) ? " (late)" : ""))
                    .toList();
            facts.add(new NodeFacts(
                    name,
                    parts.kind(),
                    shapes.inputOf(name),
                    shapes.outputOf(name),
                    parameters(node),
                    fanIn(node),
                    values,
                    settings,
                    from));
        }
        return facts;
    }

    private static long parameters(Node node) {
        return switch (node) {
            case Node.Affine affine -> size(affine.weight()) + size(affine.bias());
            case Node.Conv2d conv -> size(conv.weight()) + size(conv.bias());
            case Node.TwoBranch neuron
            when neuron.attention() != null ->
                size(neuron.attention().spatial())
                        + 1
                        + size(neuron.attention().squeeze())
                        + size(neuron.attention().excite());
            default -> 0;
        };
    }

    private static long fanIn(Node node) {
        return switch (node) {
            case Node.Affine affine -> affine.weight().shape()[1];
            case Node.Conv2d conv -> conv.weight().size() / conv.weight().shape()[0];
            default -> 0;
        };
    }

    private static long size(Tensor tensor) {
        return tensor == null ? 0 : tensor.size();
    }
}
