package io.spikelet.host.graph;

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
 */
public record Graph(String name, Map<String, Node> nodes, List<Edge> edges, List<String> warnings, String digest) {

    /** A directed connection between two named nodes. */
    public record Edge(String from, String to) {}

    public Graph {
        nodes = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(nodes));
        edges = List.copyOf(edges);
        warnings = List.copyOf(warnings);
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
