package io.spikelet.host.graph;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds where a graph says "one of these fired". NIR has no maximum pool, so an exporter writes a sum pool of spikes and,
 * behind it alone, a threshold that one spike exceeds and silence does not: together the OR of each window
 * (docs/equations.md, D9).
 */
public final class OrPools {
    private OrPools() {}

    /**
     * The Threshold nodes that make an OR of the pool in front of them. A threshold that wants two spikes, or none, one
     * behind sums that are not of single spikes, and one whose pool is read elsewhere too are thresholds like any other.
     */
    public static Set<String> of(Graph graph) {
        Set<String> found = new LinkedHashSet<>();
        graph.nodes().forEach((name, node) -> {
            if (node instanceof Node.Threshold threshold && completesOr(graph, name, threshold)) {
                found.add(name);
            }
        });
        return found;
    }

    private static boolean completesOr(Graph graph, String name, Node.Threshold threshold) {
        List<String> sources = graph.sourcesOf(name);
        if (sources.size() != 1
                || !(graph.node(sources.getFirst()) instanceof Node.Pool2d pool)
                || graph.targetsOf(sources.getFirst()).size() != 1) {
            return false;
        }
        List<String> pooled = graph.sourcesOf(sources.getFirst());
        if (pooled.size() != 1 || !graph.node(pooled.getFirst()).fires()) {
            return false;
        }
        for (float value : threshold.threshold().values()) {
            if (!(value >= 0 && value < pool.factor())) {
                return false;
            }
        }
        return true;
    }
}
