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

    /** One node that becomes a layer, its index being its place. */
    record Place(String name, Node node, Shape shape, List<Inbound> inputs) {}

    Topology {
        places = List.copyOf(places);
    }

    static Topology of(Graph graph) throws QuantiseException {
        GraphOrder order = GraphOrder.of(graph);
        GraphShapes shapes = GraphShapes.of(graph, order);
        Map<String, Integer> layerOf = new LinkedHashMap<>();
        List<String> kept = new ArrayList<>();
        String output = null;
        for (String name : order.nodes()) {
            switch (graph.node(name)) {
                case Node.Flatten _ -> layerOf.put(name, layerOf.get(onlySource(graph, name)));
                case Node.Output _ -> output = onlySource(graph, name);
                default -> {
                    layerOf.put(name, kept.size());
                    kept.add(name);
                }
            }
        }
        List<Place> places = new ArrayList<>();
        for (String name : kept) {
            List<Inbound> inputs = new ArrayList<>();
            for (Graph.Edge edge : graph.edges()) {
                if (edge.to().equals(name)) {
                    int source = layerOf.get(edge.from());
                    inputs.add(order.isRecurrent(edge) ? Inbound.recurrentFrom(source) : Inbound.from(source));
                }
            }
            places.add(new Place(name, graph.node(name), shapes.outputOf(name), inputs));
        }
        Topology topology = new Topology(places);
        topology.verify(layerOf.get(output));
        return topology;
    }

    private static String onlySource(Graph graph, String name) throws QuantiseException {
        List<String> sources = graph.sourcesOf(name);
        if (sources.size() != 1) {
            throw new QuantiseException("node '" + name + "' adds up " + sources.size()
                    + " edges; only a neuron node may have more than one edge into it");
        }
        return sources.getFirst();
    }

    private void verify(int output) throws QuantiseException {
        for (Place place : places) {
            boolean isLinear = place.node() instanceof Node.Affine || place.node() instanceof Node.Conv2d;
            if (isLinear || place.node() instanceof Node.SumPool2d) {
                verifySource(place);
            }
        }
        Place last = places.get(output);
        if (!last.node().isNeuron()) {
            throw new QuantiseException("node '" + last.name()
                    + "' gives the output but is no neuron; classes are read from spikes, so end with a neuron node");
        }
        if (output != places.size() - 1) {
            throw new QuantiseException("node '" + places.getLast().name() + "' follows the output neurons '"
                    + last.name() + "' and feeds back; recurrent edges around the output are not supported");
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
