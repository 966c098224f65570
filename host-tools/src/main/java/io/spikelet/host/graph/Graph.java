package io.spikelet.host.graph;

import io.spikelet.model.WeightKind;
import java.util.List;
import java.util.Map;

/**
 * A trained network as it was read: real numbers, continuous time, nodes by name. What every importer gives and every
 * quantiser takes.
 *
 * @param name where it came from, for messages
 * @param nodes by name; exactly one {@link Node.Input} and one {@link Node.Output}
 * @param edges from node to node; several into one node add up
 * @param warnings what the importer repaired and what the format had already lost, one sentence each
 * @param digest SHA-256 of the file, hex
 * @param weightKinds what the integers of a node's weights shall be where its file says so and a person does not, by the
 *     node's name
 */
public record Graph(
        String name,
        Map<String, Node> nodes,
        List<Edge> edges,
        List<String> warnings,
        String digest,
        Map<String, WeightKind> weightKinds) {

    /** A directed connection between two named nodes. */
    public record Edge(String from, String to) {}

    public Graph {
        nodes = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(nodes));
        edges = List.copyOf(edges);
        warnings = List.copyOf(warnings);
        weightKinds = Map.copyOf(weightKinds);
    }

    /** Weights of which the file says nothing. */
    public Graph(String name, Map<String, Node> nodes, List<Edge> edges, List<String> warnings, String digest) {
        this(name, nodes, edges, warnings, digest, Map.of());
    }

    /** The same model written otherwise; nodes that keep their names keep what is said of them. */
    public Graph rewritten(Map<String, Node> changedNodes, List<Edge> changedEdges) {
        return new Graph(name, changedNodes, changedEdges, warnings, digest, weightKinds);
    }

    public Node node(String name) {
        return nodes.get(name);
    }

    public List<String> sourcesOf(String name) {
        return edges.stream().filter(e -> e.to().equals(name)).map(Edge::from).toList();
    }

    public List<String> targetsOf(String name) {
        return edges.stream().filter(e -> e.from().equals(name)).map(Edge::to).toList();
    }
}
