package io.spikelet.host.nir;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.OrPools;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says what a NIR file cannot have told of the model it was made of, as far as the model may have had it. */
final class LostInNir {
    private LostInNir() {}

    /** At most one sentence; none for a graph of weights and thresholds. */
    static List<String> of(Map<String, Node> nodes, List<Graph.Edge> edges) {
        Collection<Node> kinds = nodes.values();
        if (kinds.stream().noneMatch(node -> node.isNeuron() || node.integrates())) {
            return List.of();
        }
        Set<String> lost = new LinkedHashSet<>();
        if (kinds.stream().anyMatch(Node::isNeuron)) {
            lost.add("soft reset");
            lost.add("several spikes a step");
            lost.add("a lower clamp");
        }
        long ors = OrPools.of(new Graph("", nodes, edges, List.of(), "")).size();
        if (kinds.stream().filter(Node.Pool2d.class::isInstance).count() > ors) {
            lost.add("maximum pools");
        }
        if (kinds.stream().anyMatch(Node.Conv2d.class::isInstance)) {
            lost.add("batch norm");
        }
        return List.of("NIR carries no time step, reset rule or comparison; the discretisation profile that is chosen"
                + " decides them"
                + (lost.isEmpty()
                        ? ""
                        : ", and if the model had " + listed(List.copyOf(lost)) + ", the file does not say"));
    }

    private static String listed(List<String> words) {
        int last = words.size() - 1;
        return last == 0 ? words.getFirst() : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }
}
