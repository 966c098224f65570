package io.spikelet.host.convert;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphOrder;
import io.spikelet.host.graph.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A conventional network as neurons that fire at most once, the earlier the larger their activation (CAT, Lew et al., DAC
 * 2022, arXiv 2208.04494): input values become times, each ReLU a neuron whose threshold λ falls by a factor of
 * {@code 2^(−1/4)} a step, and weights, multiplied by λ of what they read, are to be logarithmic.
 */
public final class FirstSpikeConversion {
    private FirstSpikeConversion() {}

    /**
     * Converts.
     *
     * @param ann a chain of weights, ReLUs, maximum pools and Flatten nodes
     * @param thresholds λ of each ReLU, above 0: what a spike at the first step stands for
     * @param window steps in which a neuron may fire, 1..255
     * @return a graph of one time step
     * @throws ConversionException when a node has no counterpart that spikes once
     */
    public static Graph of(Graph ann, Map<String, Float> thresholds, int window) throws ConversionException {
        Graph turned = ReluBeforePool.of(ann);
        Map<String, Node> nodes = new LinkedHashMap<>();
        List<Graph.Edge> edges = new ArrayList<>(turned.edges());
        float unit = 1;
        for (String name : GraphOrder.of(turned).nodes()) {
            if (turned.sourcesOf(name).size() > 1) {
                throw new ConversionException("node '" + name + "' adds up several edges, but times cannot be added; "
                        + "convert to spikes that are counted instead");
            }
            Node node = turned.node(name);
            switch (node) {
                case Node.Input _ -> {
                    nodes.put(name, node);
                    String times = name + ".times";
                    nodes.put(times, new Node.FirstSpike(1, window));
                    edges.replaceAll(edge -> edge.from().equals(name) ? new Graph.Edge(times, edge.to()) : edge);
                    edges.add(new Graph.Edge(name, times));
                }
                case Node.Affine _, Node.Conv2d _ -> nodes.put(name, Weights.scaled(node, unit, true));
                case Node.Relu _ -> {
                    unit = thresholds.get(name);
                    nodes.put(name, new Node.FirstSpike(unit, window));
                }
                case Node.MaxPool2d _, Node.Flatten _, Node.Output _ -> nodes.put(name, node);
                default ->
                    throw new ConversionException("node '" + name + "' is a "
                            + node.getClass().getSimpleName()
                            + ", which single spikes cannot compute; use weights, ReLUs and maximum pools, or convert"
                            + " to spikes that are counted");
            }
        }
        return new Graph(ann.name(), nodes, edges, ann.warnings(), ann.digest());
    }
}
