package io.spikelet.host.cli;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.inspect.Interval;
import io.spikelet.host.inspect.NodeFacts;
import io.spikelet.host.report.TextTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A graph for a person, or as JSON. */
final class GraphText {
    private GraphText() {}

    static String table(Graph graph) {
        List<NodeFacts> nodes = NodeFacts.of(graph);
        StringBuilder text = new StringBuilder(
                graph.name() + ": " + nodes.size() + " nodes, " + parameters(nodes) + " parameters\n\n");
        TextTable table =
                new TextTable("node", "kind", "input", "output", "parameters", "fan-in", "from").endingInWords();
        TextTable values = new TextTable("node", "holds").endingInWords();
        for (NodeFacts node : nodes) {
            table.row(
                    node.name(),
                    node.kind(),
                    node.arrives().toString(),
                    node.gives().toString(),
                    Long.toString(node.parameters()),
                    node.fanIn() == 0 ? "" : Long.toString(node.fanIn()),
                    String.join(", ", node.from()));
            String held = held(node);
            if (!held.isEmpty()) {
                values.row(node.name(), held);
            }
        }
        table.appendTo(text);
        if (!values.isEmpty()) {
            text.append('\n');
            values.appendTo(text);
        }
        graph.warnings().forEach(warning -> text.append("\n  note: ").append(warning));
        return text.toString().stripTrailing();
    }

    private static String held(NodeFacts node) {
        List<String> words = new ArrayList<>();
        node.values().forEach((field, interval) -> words.add(field + " " + interval));
        node.settings()
                .forEach((field, values) -> words.add(field + " "
                        + Arrays.stream(values).mapToObj(Integer::toString).collect(Collectors.joining("x"))));
        return String.join(", ", words);
    }

    static String json(Graph graph) {
        List<NodeFacts> nodes = NodeFacts.of(graph);
        return Json.object(json -> {
            json.writeStringField("name", graph.name());
            json.writeStringField("sha256", graph.digest());
            json.writeNumberField("parameters", parameters(nodes));
            json.writeArrayFieldStart("nodes");
            for (NodeFacts node : nodes) {
                json.writeStartObject();
                json.writeStringField("name", node.name());
                json.writeStringField("kind", node.kind());
                json.writeStringField("input", node.arrives().toString());
                json.writeStringField("output", node.gives().toString());
                json.writeNumberField("parameters", node.parameters());
                json.writeNumberField("fan_in", node.fanIn());
                for (Map.Entry<String, Interval> field : node.values().entrySet()) {
                    Json.interval(json, field.getKey(), field.getValue());
                }
                for (Map.Entry<String, int[]> field : node.settings().entrySet()) {
                    json.writeFieldName(field.getKey());
                    json.writeArray(field.getValue(), 0, field.getValue().length);
                }
                Json.strings(json, "from", node.from());
                json.writeEndObject();
            }
            json.writeEndArray();
            Json.strings(json, "notes", graph.warnings());
        });
    }

    static long parameters(Graph graph) {
        return parameters(NodeFacts.of(graph));
    }

    private static long parameters(List<NodeFacts> nodes) {
        return nodes.stream().mapToLong(NodeFacts::parameters).sum();
    }
}
