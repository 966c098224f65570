package io.spikelet.host.quantise;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphOrder;
import io.spikelet.host.graph.GraphShapes;
import io.spikelet.host.graph.Node;
import io.spikelet.model.Inbound;
import io.spikelet.model.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which nodes become layers, in which order, fed by which. Flatten nodes disappear: channels-first values keep their
 * order. Refuses what the integer network has no layer for.
 */
record Topology(List<Place> places) {

    /**
     * One node that becomes a layer, its index being its place.
     *
     * @param fedBack for each edge into it whether it carries the step before
     */
    record Place(String name, Node node, Shape shape, List<Inbound> inputs, List<Boolean> fedBack) {}

    Topology {
        places = List.copyOf(places);
    }

    static Topology of(Graph graph) throws QuantiseException {
        GraphOrder order = GraphOrder.of(graph);
        GraphShapes shapes = GraphShapes.of(graph, order);
        Map<String, String> layerOf = new LinkedHashMap<>();
        List<String> kept = new ArrayList<>();
        String output = null;
        for (String name : order.nodes()) {
            switch (graph.node(name)) {
                case Node.Flatten _ -> layerOf.put(name, layerOf.get(onlySource(graph, name)));
                case Node.Threshold _, Node.AvgPool2d _ ->
                    throw new QuantiseException("node '" + name + "' has no layer in the integer network yet");
                case Node.Output _ -> output = layerOf.get(onlySource(graph, name));
                default -> {
                    layerOf.put(name, name);
                    kept.add(name);
                }
            }
        }
        requireNeurons(graph, output);
        endWithOutput(graph, order, layerOf, kept, output);
        List<Place> places = new ArrayList<>();
        for (String name : kept) {
            List<Inbound> inputs = new ArrayList<>();
            List<Boolean> fedBack = new ArrayList<>();
            for (Graph.Edge edge : graph.edges()) {
                if (edge.to().equals(name)) {
                    int source = kept.indexOf(layerOf.get(edge.from()));
                    boolean isLater = source >= kept.indexOf(name);
                    inputs.add(isLater ? Inbound.recurrentFrom(source) : Inbound.from(source));
                    fedBack.add(order.isRecurrent(edge));
                }
            }
            places.add(new Place(name, graph.node(name), shapes.outputOf(name), inputs, fedBack));
        }
        Topology topology = new Topology(places);
        topology.verify();
        return topology;
    }

    private static void requireNeurons(Graph graph, String output) throws QuantiseException {
        if (!graph.node(output).isNeuron()) {
            throw new QuantiseException("node '" + output
                    + "' gives the output but is no neuron; classes are read from spikes, so end with a neuron node");
        }
    }

    /**
     * The output must be the last layer. What stands behind it lies on a loop: a dense layer, convolution or pool that
     * feeds nothing but recurrent edges may as well be computed one step later, just before it is read.
     */
    private static void endWithOutput(
            Graph graph, GraphOrder order, Map<String, String> layerOf, List<String> kept, String output)
            throws QuantiseException {
        while (!kept.getLast().equals(output)) {
            String name = kept.removeLast();
            int earliest = kept.indexOf(output);
            for (Graph.Edge edge : graph.edges()) {
                if (name.equals(layerOf.get(edge.from())) && layerOf.get(edge.to()) != null) {
                    if (graph.node(name).isNeuron() || !order.isRecurrent(edge)) {
                        throw new QuantiseException("node '" + name + "' lies on a loop around the output neurons '"
                                + output + "' that holds more than one layer; such loops are not supported");
                    }
                    earliest = Math.min(earliest, kept.indexOf(edge.to()));
                }
            }
            kept.add(earliest, name);
        }
    }

    private static String onlySource(Graph graph, String name) throws QuantiseException {
        List<String> sources = graph.sourcesOf(name);
        if (sources.size() != 1) {
            throw new QuantiseException("node '" + name + "' adds up " + sources.size()
                    + " edges; only a neuron node may have more than one edge into it");
        }
        return sources.getFirst();
    }

    private void verify() throws QuantiseException {
        for (Place place : places) {
            boolean isLinear = place.node() instanceof Node.Affine || place.node() instanceof Node.Conv2d;
            if (isLinear || place.node() instanceof Node.SumPool2d) {
                verifySource(place);
            }
        }
    }

    private void verifySource(Place place) throws QuantiseException {
        if (place.inputs().size() != 1) {
            throw new QuantiseException("node '" + place.name() + "' adds up "
                    + place.inputs().size() + " edges; only a neuron node may have more than one edge into it");
        }
        Place source = places.get(place.inputs().getFirst().source());
        if (source.node() instanceof Node.Affine || source.node() instanceof Node.Conv2d) {
            throw new QuantiseException("node '" + place.name() + "' reads '" + source.name()
                    + "', which has no neurons behind it; put a neuron node between them or multiply their weights");
        }
        boolean needsPlanes = !(place.node() instanceof Node.Affine);
        if (needsPlanes && source.shape().area() == 1 && place.shape().area() > 1) {
            throw new QuantiseException("node '" + place.name() + "' reads '" + source.name()
                    + "' reshaped by a Flatten node; a convolution or pool must read the planes as they are");
        }
    }
}
