package io.spikelet.host.cli;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphOrder;
import io.spikelet.host.graph.GraphShapes;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;

/** A graph for a person, or as JSON. */
final class GraphText {
    private GraphText() {}

    static String table(Graph graph) {
        GraphOrder order = GraphOrder.of(graph);
        GraphShapes shapes = GraphShapes.of(graph, order);
        StringBuilder text = new StringBuilder(
                graph.name() + ": " + graph.nodes().size() + " nodes, " + parameters(graph) + " parameters\n\n");
        text.append(String.format("  %-16s %-10s %-12s %12s  %s%n", "node", "kind", "output", "parameters", "from"));
        for (String name : order.nodes()) {
            Node node = graph.node(name);
            text.append(String.format(
                    "  %-16s %-10s %-12s %12d  %s%n",
                    name,
                    node.getClass().getSimpleName(),
                    shapes.outputOf(name),
                    parameters(node),
                    String.join(", ", graph.sourcesOf(name))));
        }
        graph.warnings().forEach(warning -> text.append("\n  note: ").append(warning));
        return text.toString().stripTrailing();
    }

    static String json(Graph graph) {
        GraphOrder order = GraphOrder.of(graph);
        GraphShapes shapes = GraphShapes.of(graph, order);
        return Json.object(json -> {
            json.writeStringField("name", graph.name());
            json.writeStringField("sha256", graph.digest());
            json.writeNumberField("parameters", parameters(graph));
            json.writeArrayFieldStart("nodes");
            for (String name : order.nodes()) {
                json.writeStartObject();
                json.writeStringField("name", name);
                json.writeStringField("kind", graph.node(name).getClass().getSimpleName());
                json.writeStringField("output", shapes.outputOf(name).toString());
                json.writeNumberField("parameters", parameters(graph.node(name)));
                json.writeArrayFieldStart("from");
                for (String source : graph.sourcesOf(name)) {
                    json.writeString(source);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("notes");
            for (String warning : graph.warnings()) {
                json.writeString(warning);
            }
            json.writeEndArray();
        });
    }

    static long parameters(Graph graph) {
        return graph.nodes().values().stream().mapToLong(GraphText::parameters).sum();
    }

    private static long parameters(Node node) {
        return switch (node) {
            case Node.Affine affine -> size(affine.weight()) + size(affine.bias());
            case Node.Conv2d conv -> size(conv.weight()) + size(conv.bias());
            default -> 0;
        };
    }

    private static long size(Tensor tensor) {
        return tensor == null ? 0 : tensor.size();
    }
}
