package io.spikelet.host.convert;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.Node;
import io.spikelet.host.report.InferenceSettings;
import java.util.Map;
import java.util.Optional;

/**
 * A conventional network that spikes.
 *
 * @param graph of neurons
 * @param settings how it is to be run
 * @param thresholds λ of each activation, by its name in the conventional network
 * @param rule what gave them, in the words of the command line; after a search, what was found
 * @param bursts what neurons may give in one step and take back; empty where they fire once
 */
public record Conversion(
        Graph graph,
        InferenceSettings settings,
        Map<String, Float> thresholds,
        String rule,
        Optional<BurstNeurons> bursts) {
    public Conversion {
        thresholds = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(thresholds));
    }

    /** The activation that the output reads, where it reads one. */
    String lastActivation() {
        return graph.nodes().entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Node.Output)
                .map(entry -> graph.sourcesOf(entry.getKey()).getFirst())
                .findFirst()
                .orElseThrow();
    }
}
