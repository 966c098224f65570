package io.spikelet.host.nir;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.NodeParts;
import io.spikelet.host.graph.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says maximum pools without a node for them: of spikes a maximum is an OR, which is the sum of a window above one half
 * (docs/equations.md, D9). All else that NIR has no node for is refused here.
 */
final class SpikeMaxima {
    /** Between silence and one spike. */
    private static final float HALF_A_SPIKE = 0.5f;

    private static final Set<String> KINDS = Set.of(
            "Input",
            "Output",
            "Affine",
            "Linear",
            "Conv2d",
            "SumPool2d",
            "AvgPool2d",
            "Flatten",
            "Scale",
            "Delay",
            "Threshold",
            "I",
            "LI",
            "CubaLI",
            "IF",
            "LIF",
            "CubaLIF");

    private SpikeMaxima() {}

    static Graph asSums(Graph graph, List<String> notes) throws NirExportException {
        Map<String, Node> nodes = new LinkedHashMap<>();
        Map<String, String> ors = new LinkedHashMap<>();
        for (Map.Entry<String, Node> entry : graph.nodes().entrySet()) {
            String name = entry.getKey();
            switch (entry.getValue()) {
                case Node.MaxPool2d pool -> {
                    if (!poolsSpikes(graph, name, new HashSet<>())) {
                        throw refusal(
                                graph,
                                name,
                                "is a maximum pool of values that are not the spikes of one node, which NIR cannot say;"
                                        + " put it behind neurons, or use an average pool");
                    }
                    Set<String> taken = new HashSet<>(graph.nodes().keySet());
                    taken.addAll(ors.values());
                    ors.put(name, NirNames.unused(name + "_or", taken));
                    nodes.put(name, new Node.SumPool2d(pool.kernelSize(), pool.stride(), pool.padding()));
                    nodes.put(ors.get(name), new Node.Threshold(Tensor.scalar(HALF_A_SPIKE)));
                }
                default -> {
                    String kind = NodeParts.of(entry.getValue()).kind();
                    if (!KINDS.contains(kind)) {
                        throw refusal(
                                graph,
                                name,
                                "is a " + kind + ", which NIR cannot say; export a network of spiking neurons, or keep"
                                        + " this one in its own format");
                    }
                    nodes.put(name, entry.getValue());
                }
            }
        }
        if (!ors.isEmpty()) {
            notes.add("maximum pools of spikes are written as SumPool2d and Threshold of " + HALF_A_SPIKE
                    + ", the OR of each window: " + String.join(", ", ors.keySet()));
        }
        return new Graph(graph.name(), nodes, edges(graph, ors), graph.warnings(), graph.digest());
    }

    /** What a pool gave now comes from its threshold. */
    private static List<Graph.Edge> edges(Graph graph, Map<String, String> ors) {
        List<Graph.Edge> edges = new ArrayList<>();
        for (Graph.Edge edge : graph.edges()) {
            edges.add(new Graph.Edge(ors.getOrDefault(edge.from(), edge.from()), edge.to()));
        }
        ors.forEach((pool, or) -> edges.add(new Graph.Edge(pool, or)));
        return edges;
    }

    /** Whether what is pooled are the single spikes of one node, maximum pools of spikes among them. */
    private static boolean poolsSpikes(Graph graph, String pool, Set<String> seen) {
        List<String> sources = graph.sourcesOf(pool);
        if (sources.size() != 1 || !seen.add(pool)) {
            return false;
        }
        Node source = graph.node(sources.getFirst());
        return source != null
                && (source.fires() || source instanceof Node.MaxPool2d && poolsSpikes(graph, sources.getFirst(), seen));
    }

    private static NirExportException refusal(Graph graph, String node, String why) {
        return new NirExportException(graph.name() + ": node '" + node + "' " + why);
    }
}
