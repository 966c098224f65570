package io.spikelet.host.quantise;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives every sum of edges in front of weights, a pool or a delay a node of its own, as spike-element-wise addition needs it:
 * neurons add up what reaches them, all others read one layer. Nodes that add up the same sources share one sum.
 */
final class FanIn {
    /** Passes on the sum of its edges as it is. */
    private static final Node SUM = new Node.Flatten(0, 0);

    private final Graph graph;
    private final Map<String, Node> nodes;
    private final List<Graph.Edge> edges = new ArrayList<>();
    private final Map<Set<String>, String> sums = new LinkedHashMap<>();

    private FanIn(Graph graph) {
        this.graph = graph;
        nodes = new LinkedHashMap<>(graph.nodes());
    }

    static Graph spelledOut(Graph graph) {
        return new FanIn(graph).rewritten();
    }

    private Graph rewritten() {
        for (String name : graph.nodes().keySet()) {
            Set<String> sources = new LinkedHashSet<>(graph.sourcesOf(name));
            if (sources.size() > 1 && readsOne(graph.node(name))) {
                edges.add(new Graph.Edge(sum(name, sources), name));
            } else {
                sources.forEach(source -> edges.add(new Graph.Edge(source, name)));
            }
        }
        return graph.rewritten(nodes, edges);
    }

    private static boolean readsOne(Node node) {
        return node instanceof Node.Affine
                || node instanceof Node.Conv2d
                || node instanceof Node.Pool2d
                || node instanceof Node.Delay;
    }

    private String sum(String reader, Set<String> sources) {
        String known = sums.get(sources);
        if (known != null) {
            return known;
        }
        String name = reader + ".sum";
        while (nodes.containsKey(name)) {
            name += "'";
        }
        nodes.put(name, SUM);
        for (String source : sources) {
            edges.add(new Graph.Edge(source, name));
        }
        sums.put(sources, name);
        return name;
    }
}
