package io.spikelet.host.convert;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A ReLU behind a maximum pool moves before it, which changes no value: neurons then stand behind weights and pools pool
 * spikes.
 */
final class ReluBeforePool {
    private ReluBeforePool() {}

    static Graph of(Graph ann) {
        Graph turned = ann;
        for (String name : ann.nodes().keySet()) {
            if (ann.node(name) instanceof Node.MaxPool2d) {
                turned = turned(turned, name);
            }
        }
        return turned;
    }

    private static Graph turned(Graph ann, String pool) {
        List<String> sources = ann.sourcesOf(pool);
        List<String> targets = ann.targetsOf(pool);
        if (sources.size() != 1
                || targets.size() != 1
                || !(ann.node(targets.getFirst()) instanceof Node.Relu)
                || ann.sourcesOf(targets.getFirst()).size() != 1) {
            return ann;
        }
        // The two change places by changing names, so that edges may stay as they are.
        String relu = targets.getFirst();
        Map<String, String> name = Map.of(pool, relu, relu, pool);
        Map<String, Node> nodes = new LinkedHashMap<>(ann.nodes());
        List<Graph.Edge> edges = new ArrayList<>();
        for (Graph.Edge edge : ann.edges()) {
            edges.add(new Graph.Edge(
                    name.getOrDefault(edge.from(), edge.from()), name.getOrDefault(edge.to(), edge.to())));
        }
        return new Graph(ann.name(), nodes, edges, ann.warnings(), ann.digest());
    }
}
