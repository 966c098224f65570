package io.spikelet.host.diff;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphOrder;
import io.spikelet.host.graph.GraphShapes;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.NodeParts;
import io.spikelet.host.graph.Tensor;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Compares two graphs: nodes, what they hold and give, and edges. Names and digests of files are no difference. */
public final class GraphDiff {
    /** What the shapes of outputs say better. */
    private static final Set<String> TOLD_BY_SHAPES = Set.of("shape", "input_shape", "start_dim", "end_dim");

    private final Comparison.Gathering found = new Comparison.Gathering();

    private GraphDiff() {}

    public static Comparison of(Graph first, Graph second) {
        GraphDiff diff = new GraphDiff();
        GraphShapes before = GraphShapes.of(first, GraphOrder.of(first));
        GraphShapes after = GraphShapes.of(second, GraphOrder.of(second));
        for (String name : first.nodes().keySet()) {
            Node node = second.node(name);
            if (node == null) {
                diff.found.removed(name, NodeParts.of(first.node(name)).kind() + " giving " + before.outputOf(name));
            } else {
                diff.found.compare(name, "output", before.outputOf(name), after.outputOf(name));
                diff.compare(name, NodeParts.of(first.node(name)), NodeParts.of(node));
            }
        }
        for (String name : second.nodes().keySet()) {
            if (first.node(name) == null) {
                diff.found.added(name, NodeParts.of(second.node(name)).kind() + " giving " + after.outputOf(name));
            }
        }
        diff.edges(first, second);
        return diff.found.done();
    }

    private void compare(String name, NodeParts before, NodeParts after) {
        found.compare(name, "kind", before.kind(), after.kind());
        Set<String> settings = new LinkedHashSet<>(before.settings().keySet());
        settings.addAll(after.settings().keySet());
        settings.removeAll(TOLD_BY_SHAPES);
        for (String field : settings) {
            found.compare(name, field, text(before.settings(), field), text(after.settings(), field));
        }
        Set<String> values = new LinkedHashSet<>(before.values().keySet());
        values.addAll(after.values().keySet());
        for (String field : values) {
            values(name, field, before.values().get(field), after.values().get(field));
        }
    }

    private static String text(Map<String, int[]> settings, String field) {
        return settings.containsKey(field) ? Arrays.toString(settings.get(field)) : "none";
    }

    private void values(String name, String field, Tensor before, Tensor after) {
        if (before == null || after == null) {
            // A bias of 0 and none are the same.
            for (float value : (before == null ? after : before).values()) {
                if (value != 0) {
                    found.compare(name, field, size(before), size(after));
                    return;
                }
            }
            return;
        }
        int size = Math.max(before.size(), after.size());
        if (Math.min(before.size(), after.size()) == 0 || size % before.size() != 0 || size % after.size() != 0) {
            found.compare(name, field, size(before), size(after));
            return;
        }
        float[] a = before.spread(size);
        float[] b = after.spread(size);
        found.moved(name, field, Moved.of(size, i -> a[i], i -> b[i]));
    }

    private static String size(Tensor tensor) {
        return tensor == null ? "none" : tensor.size() + " values";
    }

    private void edges(Graph first, Graph second) {
        Set<Graph.Edge> before = new LinkedHashSet<>(first.edges());
        Set<Graph.Edge> after = new LinkedHashSet<>(second.edges());
        for (Graph.Edge edge : before) {
            if (!after.contains(edge)) {
                found.removed(edge.from() + " -> " + edge.to(), "edge");
            }
        }
        for (Graph.Edge edge : after) {
            if (!before.contains(edge)) {
                found.added(edge.from() + " -> " + edge.to(), "edge");
            }
        }
    }
}
