package io.spikelet.host.nir;

import io.spikelet.host.graph.Graph;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Repairs edges that name a node which does not exist. That is done only when it can mean one thing: one name is
 * unknown, and one node stands in no edge. All other dangling edges stay as they are and are refused later.
 */
final class DanglingEdges {
    private DanglingEdges() {}

    static List<Graph.Edge> repair(Set<String> nodes, List<Graph.Edge> edges, String prefix, List<String> warnings) {
        Set<String> unknown = new LinkedHashSet<>();
        Set<String> unused = new LinkedHashSet<>(nodes);
        for (Graph.Edge edge : edges) {
            for (String end : List.of(edge.from(), edge.to())) {
                unused.remove(end);
                if (!nodes.contains(end)) {
                    unknown.add(end);
                }
            }
        }
        if (unknown.size() != 1 || unused.size() != 1) {
            return edges;
        }
        String wrong = unknown.iterator().next();
        String right = unused.iterator().next();
        warnings.add("edges name the node '" + prefix + wrong + "', which does not exist; they were led to '" + prefix
                + right + "', the only node without an edge");
        return edges.stream()
                .map(edge -> new Graph.Edge(
                        edge.from().equals(wrong) ? right : edge.from(),
                        edge.to().equals(wrong) ? right : edge.to()))
                .toList();
    }
}
