package io.spikelet.host.convert;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A mean pool behind a convolution of one value a window moves before it, which changes no value: {@code mean(W·x + b) = W·mean(x)
 * + b}. Pools then pool spikes, and a network that ends in a global mean of its class maps ends in weights.
 */
final class MeanBeforeWeights {
    private MeanBeforeWeights() {}

    static Graph of(Graph ann) {
        Graph turned = ann;
        for (String name : ann.nodes().keySet()) {
            if (isPointwise(ann.node(name))) {
                turned = turned(turned, name);
            }
        }
        return turned;
    }

    private static boolean isPointwise(Node node) {
        return node instanceof Node.Conv2d conv
                && conv.weight().shape()[2] == 1
                && conv.weight().shape()[3] == 1
                && conv.stride()[0] == 1
                && conv.stride()[1] == 1
                && conv.padding()[0] == 0
                && conv.padding()[1] == 0
                && (conv.bias() == null || conv.bias().rank() == 1);
    }

    private static Graph turned(Graph ann, String weights) {
        List<String> targets = ann.targetsOf(weights);
        if (targets.size() != 1
                || !(ann.node(targets.getFirst()) instanceof Node.AvgPool2d pool)
                || pool.padding()[0] != 0
                || pool.padding()[1] != 0
                || ann.sourcesOf(targets.getFirst()).size() != 1) {
            return ann;
        }
        // The two change places by changing names in the edges.
        String mean = targets.getFirst();
        Map<String, String> name = Map.of(weights, mean, mean, weights);
        List<Graph.Edge> edges = new ArrayList<>();
        for (Graph.Edge edge : ann.edges()) {
            edges.add(new Graph.Edge(
                    name.getOrDefault(edge.from(), edge.from()), name.getOrDefault(edge.to(), edge.to())));
        }
        Map<String, Node> nodes = new LinkedHashMap<>(ann.nodes());
        Node.Conv2d conv = (Node.Conv2d) ann.node(weights);
        nodes.put(
                weights,
                new Node.Conv2d(
                        conv.weight(),
                        conv.bias(),
                        conv.stride(),
                        conv.padding(),
                        conv.dilation(),
                        conv.groups(),
                        null));
        return ann.rewritten(nodes, edges);
    }
}
