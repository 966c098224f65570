package io.spikelet.host.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks that a graph leads from one input to one output and that every node lies between them. */
final class GraphEnds {
    private GraphEnds() {}

    /** Returns the input's name, or throws {@link InvalidGraphException}. */
    static String verify(Graph graph) {
        if (graph.nodes().size() > GraphOrder.MAX_NODES) {
            throw new InvalidGraphException("the graph has " + graph.nodes().size() + " nodes, more than the "
                    + GraphOrder.MAX_NODES + " that are supported");
        }
        String input = only(graph, Node.Input.class, "Input");
        String output = only(graph, Node.Output.class, "Output");
        verifyEdges(graph, input, output);
        verifyJoined(graph, input, output);
        Set<String> fromInput = reachable(graph, input);
        Set<String> toOutput = walk(output, sources(graph));
        for (String name : graph.nodes().keySet()) {
            if (!fromInput.contains(name)) {
                throw new InvalidGraphException(
                        "node '" + name + "' is not reached from the input; connect it or remove it");
            }
            if (!toOutput.contains(name)) {
                throw new InvalidGraphException(
                        "node '" + name + "' does not lead to the output; connect it or remove it");
            }
        }
        return input;
    }

    /** The nodes that can be reached from one, that one first, in the order of the edges. */
    static Set<String> reachable(Graph graph, String from) {
        return walk(from, targets(graph));
    }

    private static Map<String, List<String>> targets(Graph graph) {
        Map<String, List<String>> targets = new LinkedHashMap<>();
        for (Graph.Edge edge : graph.edges()) {
            targets.computeIfAbsent(edge.from(), key -> new ArrayList<>()).add(edge.to());
        }
        return targets;
    }

    static Map<String, List<String>> sources(Graph graph) {
        Map<String, List<String>> sources = new LinkedHashMap<>();
        for (Graph.Edge edge : graph.edges()) {
            sources.computeIfAbsent(edge.to(), key -> new ArrayList<>()).add(edge.from());
        }
        return sources;
    }

    private static void verifyEdges(Graph graph, String input, String output) {
        Set<Graph.Edge> seen = new HashSet<>();
        for (Graph.Edge edge : graph.edges()) {
            String named = "edge '" + edge.from() + "' -> '" + edge.to() + "'";
            for (String end : List.of(edge.from(), edge.to())) {
                if (graph.node(end) == null) {
                    throw new InvalidGraphException(
                            named + " names the node '" + end + "', which does not exist; correct the edge list");
                }
            }
            if (!seen.add(edge)) {
                throw new InvalidGraphException(named + " stands twice in the edge list; remove one of the two");
            }
            if (edge.to().equals(input) || edge.from().equals(output)) {
                throw new InvalidGraphException(named + " leads into the input or out of the output; remove it");
            }
        }
    }

    /** Finds the very place where an edge is missing, before the nodes that are cut off by it. */
    private static void verifyJoined(Graph graph, String input, String output) {
        Set<String> withSource = sources(graph).keySet();
        Set<String> withTarget = targets(graph).keySet();
        for (String name : graph.nodes().keySet()) {
            if (!name.equals(input) && !withSource.contains(name)) {
                throw new InvalidGraphException("node '" + name + "' has no edge into it; connect it or remove it");
            }
        }
        for (String name : graph.nodes().keySet()) {
            if (!name.equals(output) && !withTarget.contains(name)) {
                throw new InvalidGraphException("node '" + name + "' has no edge out of it; connect it or remove it");
            }
        }
    }

    private static String only(Graph graph, Class<? extends Node> kind, String word) {
        List<String> found = graph.nodes().entrySet().stream()
                .filter(entry -> kind.isInstance(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (found.size() != 1) {
            throw new InvalidGraphException("the graph needs exactly one " + word + " node, it has " + found.size());
        }
        return found.getFirst();
    }

    private static Set<String> walk(String from, Map<String, List<String>> next) {
        Set<String> seen = new LinkedHashSet<>(List.of(from));
        Deque<String> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            for (String name : next.getOrDefault(open.remove(), List.of())) {
                if (seen.add(name)) {
                    open.add(name);
                }
            }
        }
        return seen;
    }
}
