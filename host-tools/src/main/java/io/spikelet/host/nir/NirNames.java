package io.spikelet.host.nir;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names as HDF5 allows them: a slash separates groups there, and an empty name or a lone dot means the group itself. */
final class NirNames {
    private static final int LONGEST = 255;

    private NirNames() {}

    /** The same graph; nodes whose names HDF5 does not allow are called otherwise, which the notes say. */
    static Graph allowed(Graph graph, List<String> notes) {
        Map<String, String> names = new LinkedHashMap<>();
        Set<String> taken = new LinkedHashSet<>();
        graph.nodes().keySet().stream().filter(NirNames::isAllowed).forEach(taken::add);
        for (String name : graph.nodes().keySet()) {
            String allowed = name;
            if (!isAllowed(name)) {
                allowed = unused(plain(name), taken);
                taken.add(allowed);
                notes.add("node '" + name + "' is called '" + allowed + "': HDF5 does not allow its name");
            }
            names.put(name, allowed);
        }
        Map<String, Node> nodes = new LinkedHashMap<>();
        graph.nodes().forEach((name, node) -> nodes.put(names.get(name), node));
        // An edge that leads nowhere keeps its wrong end, for the check that names it.
        List<Graph.Edge> edges = graph.edges().stream()
                .map(edge -> new Graph.Edge(
                        names.getOrDefault(edge.from(), edge.from()), names.getOrDefault(edge.to(), edge.to())))
                .toList();
        return new Graph(graph.name(), nodes, edges, graph.warnings(), graph.digest());
    }

    /** A name that no node has: this one, or this one with a number. */
    static String unused(String wanted, Set<String> taken) {
        String name = wanted;
        for (int k = 2; taken.contains(name); k++) {
            name = wanted + "_" + k;
        }
        return name;
    }

    private static boolean isAllowed(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST
                && !name.equals(".")
                && name.chars().noneMatch(c -> c == '/' || Character.isISOControl(c));
    }

    private static String plain(String name) {
        String plain = name.replaceAll("^/+|/+$", "").replaceAll("[/\\p{Cntrl}]+", ".");
        plain = plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
        return isAllowed(plain) ? plain : "node";
    }
}
