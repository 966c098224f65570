package io.spikelet.host.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order in which the nodes of a graph are computed within one time step, found from the edges alone
 * (docs/equations.md, D6). An edge that closes a loop is recurrent: its target reads what its source gave one step ago.
 *
 * <p>An edge is recurrent when its target lies on every path from the input to its source (the target dominates the
 * source). That needs no names and no order of nodes in the file, and it finds the edge back into the neuron rather
 * than the edge out of it. A loop must close into a neuron node; a loop that can be entered at two places has no
 * unambiguous order and is refused.
 *
 * @param nodes every node's name, sources before targets; the first is the input
 * @param recurrent the edges that carry the previous step's value; their targets stand earlier than their sources
 */
public record GraphOrder(List<String> nodes, Set<Graph.Edge> recurrent) {

    /** The most nodes a graph may have; bounds the work of ordering. */
    public static final int MAX_NODES = 4096;

    public GraphOrder {
        nodes = List.copyOf(nodes);
        recurrent = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(recurrent));
    }

    /**
     * Orders a graph.
     *
     * @throws InvalidGraphException when an edge names no node or stands twice, when input or output are not exactly
     *     one each, when a node is not on a path from input to output, or when a loop has no unambiguous order
     */
    public static GraphOrder of(Graph graph) {
        String input = GraphEnds.verify(graph);
        Set<String> reached = GraphEnds.reachable(graph, input);
        Map<String, BitSet> dominators = dominators(graph, input, reached);
        Map<String, Integer> index = indexOf(reached);
        Set<Graph.Edge> recurrent = new LinkedHashSet<>();
        for (Graph.Edge edge : graph.edges()) {
            if (dominators.get(edge.from()).get(index.get(edge.to()))) {
                requireNeuron(graph, edge);
                recurrent.add(edge);
            }
        }
        return new GraphOrder(sort(graph, input, recurrent), recurrent);
    }

    public boolean isRecurrent(Graph.Edge edge) {
        return recurrent.contains(edge);
    }

    /** The edges into a node that carry this step's value, in the graph's order. */
    public List<Graph.Edge> presentEdgesInto(Graph graph, String node) {
        return graph.edges().stream()
                .filter(edge -> edge.to().equals(node) && !recurrent.contains(edge))
                .toList();
    }

    private static void requireNeuron(Graph graph, Graph.Edge edge) {
        if (!graph.node(edge.to()).isNeuron() && !graph.node(edge.to()).integrates()) {
            throw new InvalidGraphException(
                    "edge '" + edge.from() + "' -> '" + edge.to() + "' closes a loop into a node that is no neuron;"
                            + " lead recurrent edges into a node that"
                            + " integrates, like IF, LIF or CubaLIF");
        }
    }

    /** For every node the set of nodes (by place in {@code reached}) on every path to it; the classic fixed point. */
    private static Map<String, BitSet> dominators(Graph graph, String input, Set<String> reached) {
        Map<String, Integer> index = indexOf(reached);
        Map<String, List<String>> sources = GraphEnds.sources(graph);
        Map<String, BitSet> dominators = new LinkedHashMap<>();
        for (String name : reached) {
            BitSet all = new BitSet();
            all.set(0, reached.size());
            dominators.put(name, all);
        }
        BitSet root = new BitSet();
        root.set(index.get(input));
        dominators.put(input, root);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (String name : reached) {
                if (name.equals(input)) {
                    continue;
                }
                BitSet common = new BitSet();
                common.set(0, reached.size());
                for (String source : sources.get(name)) {
                    common.and(dominators.get(source));
                }
                common.set(index.get(name));
                changed |= !common.equals(dominators.put(name, common));
            }
        }
        return dominators;
    }

    private static Map<String, Integer> indexOf(Set<String> names) {
        Map<String, Integer> index = new LinkedHashMap<>();
        for (String name : names) {
            index.put(name, index.size());
        }
        return index;
    }

    private static List<String> sort(Graph graph, String input, Set<Graph.Edge> recurrent) {
        Map<String, Integer> waitingFor = new LinkedHashMap<>();
        Map<String, List<String>> targets = new LinkedHashMap<>();
        for (String name : graph.nodes().keySet()) {
            waitingFor.put(name, 0);
            targets.put(name, new ArrayList<>());
        }
        for (Graph.Edge edge : graph.edges()) {
            if (!recurrent.contains(edge)) {
                waitingFor.merge(edge.to(), 1, Integer::sum);
                targets.get(edge.from()).add(edge.to());
            }
        }
        List<String> order = new ArrayList<>();
        Deque<String> ready = new ArrayDeque<>(List.of(input));
        while (!ready.isEmpty()) {
            String name = ready.remove();
            order.add(name);
            for (String target : targets.get(name)) {
                if (waitingFor.merge(target, -1, Integer::sum) == 0) {
                    ready.add(target);
                }
            }
        }
        if (order.size() < graph.nodes().size()) {
            String stuck = graph.nodes().keySet().stream()
                    .filter(name -> !order.contains(name))
                    .findFirst()
                    .orElseThrow();
            throw new InvalidGraphException(
                    "node '" + stuck + "' lies on a loop that is entered at more than one place, so no edge of it is"
                            + " plainly the recurrent one; give the loop one neuron node as its only entry");
        }
        return order;
    }
}
