package io.spikelet.host.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph whose spikes leave their neurons one step late (docs/equations.md, D14): a Delay node behind each neuron node.
 * A recurrent edge is a step late already (D6), so what leads into such edges alone is not delayed again.
 */
public final class LateSpikes {
    private LateSpikes() {}

    /**
     * The graph itself where the profile's spikes leave in the step in which they fire.
     *
     * @throws InvalidGraphException when one node carries a neuron's spikes into a recurrent edge and elsewhere
     */
    public static Graph of(Graph graph, Profile profile, double dt) {
        if (!profile.isLate()) {
            return graph;
        }
        GraphOrder order = GraphOrder.of(graph);
        Map<String, Node> nodes = new LinkedHashMap<>();
        List<Graph.Edge> edges = new ArrayList<>(graph.edges());
        graph.nodes().forEach((name, node) -> {
            nodes.put(name, node);
            if (node.isNeuron()) {
                String late = free(graph, name + ".late");
                boolean isRead = false;
                for (String target : graph.targetsOf(name)) {
                    Graph.Edge edge = new Graph.Edge(name, target);
                    if (!order.isRecurrent(edge) && !feedsBackAlone(graph, order, target)) {
                        edges.set(edges.indexOf(edge), new Graph.Edge(late, target));
                        isRead = true;
                    }
                }
                if (isRead) {
                    nodes.put(late, new Node.Delay(Tensor.scalar((float) dt)));
                    edges.add(new Graph.Edge(name, late));
                }
            }
        });
        return graph.rewritten(nodes, edges);
    }

    /** Whether all that a node leads to, up to the next neurons, are recurrent edges. */
    private static boolean feedsBackAlone(Graph graph, GraphOrder order, String node) {
        Set<String> seen = new LinkedHashSet<>(List.of(node));
        List<String> open = new ArrayList<>(seen);
        int back = 0;
        int onward = 0;
        while (!open.isEmpty()) {
            String name = open.removeFirst();
            if (graph.node(name).isNeuron() || graph.targetsOf(name).isEmpty()) {
                onward++;
                continue;
            }
            for (String target : graph.targetsOf(name)) {
                if (order.isRecurrent(new Graph.Edge(name, target))) {
                    back++;
                } else if (seen.add(target)) {
                    open.add(target);
                }
            }
        }
        if (back > 0 && onward > 0) {
            throw new InvalidGraphException("node '" + node + "' leads both back into a loop and onward, so that its"
                    + " spikes would have to be late and not; give the loop a node of its own");
        }
        return back > 0;
    }

    private static String free(Graph graph, String wanted) {
        String name = wanted;
        while (graph.node(name) != null) {
            name += "'";
        }
        return name;
    }
}
