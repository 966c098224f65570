package io.spikelet.host.quantise;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds small graphs: every node follows the one added before it; further edges are named. */
final class ChainBuilder {
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final List<Graph.Edge> edges = new ArrayList<>();
    private String last;

    static ChainBuilder from(int... inputShape) {
        return new ChainBuilder().then("input", new Node.Input(inputShape));
    }

    ChainBuilder then(String name, Node node) {
        nodes.put(name, node);
        if (last != null) {
            edges.add(new Graph.Edge(last, name));
        }
        last = name;
        return this;
    }

    /** A node off the chain; the chain goes on from where it was. */
    ChainBuilder beside(String from, String name, Node node, String to) {
        nodes.put(name, node);
        edges.add(new Graph.Edge(from, name));
        return edge(name, to);
    }

    ChainBuilder edge(String from, String to) {
        edges.add(new Graph.Edge(from, to));
        return this;
    }

    Graph to(int... outputShape) {
        then("output", new Node.Output(outputShape));
        return new Graph("test", nodes, edges, List.of(), "00");
    }

    static Node affine(int outputs, float... weights) {
        return new Node.Affine(Tensor.of(weights, outputs, weights.length / outputs), null);
    }

    /** {@code v ← v/2 + x} at dt = 1 s, threshold 1, reset to 0. */
    static Node lif() {
        return lif(1);
    }

    static Node lif(float threshold) {
        return new Node.Lif(
                Tensor.scalar(2), Tensor.scalar(2), Tensor.scalar(0), Tensor.scalar(threshold), Tensor.scalar(0));
    }
}
