package io.spikelet.host.quantise;

import io.spikelet.host.graph.Attention;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphOrder;
import io.spikelet.host.graph.GraphShapes;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.OrPools;
import io.spikelet.model.Inbound;
import io.spikelet.model.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the {@link Topology} of a graph. Flatten nodes disappear, since channels-first values keep their order, but for
 * those that add up several edges; a pool and a threshold that mean an OR become one layer; an attention becomes a layer in
 * front of its neurons; weights at the end get a layer of potentials behind them.
 */
final class TopologyBuilder {
    private final Graph graph;
    private final GraphOrder order;
    private final GraphShapes shapes;
    private final Set<String> orThresholds;

    /** For each node the layer that gives its values. */
    private final Map<String, String> layerOf = new LinkedHashMap<>();

    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final List<String> kept = new ArrayList<>();

    /** Neurons whose gate stands right before them. */
    private final Set<String> gated = new HashSet<>();

    private TopologyBuilder(Graph graph) {
        this.graph = graph;
        order = GraphOrder.of(graph);
        shapes = GraphShapes.of(graph, order);
        orThresholds = OrPools.of(graph);
    }

    static Topology of(Graph graph) throws QuantiseException {
        Topology topology = new TopologyBuilder(FanIn.spelledOut(graph)).build();
        topology.verify();
        return topology;
    }

    private Topology build() throws QuantiseException {
        String output = null;
        for (String name : order.nodes()) {
            Node node = graph.node(name);
            List<String> sources = graph.sourcesOf(name);
            switch (node) {
                case Node.FirstSpike times
                when graph.node(sources.getFirst()) instanceof Node.Input -> {
                    parts.put(sources.getFirst(), new Part.Times(times));
                    layerOf.put(name, layerOf.get(sources.getFirst()));
                }
                case Node.Flatten _ when sources.size() == 1 -> layerOf.put(name, layerOf.get(sources.getFirst()));
                case Node.Flatten _ -> keep(name, new Part.Sum());
                case Node.Threshold _
                when orThresholds.contains(name) -> layerOf.put(name, layerOf.get(sources.getFirst()));
                case Node.Pool2d pool
                when orThresholds.contains(graph.targetsOf(name).getFirst()) -> keep(name, new Part.Or(pool));
                case Node.TwoBranch neuron
                when neuron.attention() != null -> {
                    keep(gateOf(name), new Part.Gate(neuron.attention(), name));
                    gated.add(name);
                    keep(name, new Part.OfNode(node));
                }
                case Node.Output _ -> output = output(name, sources);
                case Node.Relu _ ->
                    throw new QuantiseException("node '" + name + "' is the activation of a conventional network, which"
                            + " does not spike; turn it into neurons first, with spikelet convert");
                default -> keep(name, new Part.OfNode(node));
            }
        }
        endWith(output);
        List<Topology.Place> places = new ArrayList<>();
        for (String name : kept) {
            places.add(place(name, places));
        }
        return new Topology(places);
    }

    /** The name of the layer that gates a node's membranes; no other node's. */
    private String gateOf(String neurons) {
        String name = neurons + ".attention";
        while (graph.nodes().containsKey(name)) {
            name += "'";
        }
        return name;
    }

    private void keep(String name, Part part) {
        layerOf.put(name, name);
        parts.put(name, part);
        kept.add(name);
    }

    /** The layer that the classes are read from: the one that fires at the end, its delay, or potentials behind weights. */
    private String output(String name, List<String> sources) throws QuantiseException {
        if (sources.size() > 1 && sources.stream().allMatch(source -> hasWeights(layerOf.get(source)))) {
            keep(name, new Part.Potential());
            return name;
        }
        if (sources.size() != 1) {
            throw new QuantiseException("node '" + name + "' adds up " + sources.size()
                    + " edges; lead one edge into the output, from a node that adds them up, or end with"
                    + " linear nodes alone");
        }
        String last = layerOf.get(sources.getFirst());
        if (parts.get(last) instanceof Part.OfNode of) {
            if (of.node().fires() || of.node().integrates()) {
                return last;
            }
            if (of.node() instanceof Node.Delay && firesBehind(last)) {
                return last;
            }
            if (hasWeights(last)) {
                keep(name, new Part.Potential());
                return name;
            }
        }
        throw new QuantiseException("node '" + last + "' gives the output but is neither a neuron nor has weights;"
                + " classes are read from spikes or potentials, so end with a neuron node or a linear node");
    }

    private boolean hasWeights(String layer) {
        return parts.get(layer) instanceof Part.OfNode(Node node)
                && (node instanceof Node.Affine || node instanceof Node.Conv2d);
    }

    /** Whether a delay is of spikes. */
    private boolean firesBehind(String delay) {
        List<String> sources = graph.sourcesOf(delay);
        return sources.size() == 1
                && parts.get(layerOf.get(sources.getFirst())) instanceof Part.OfNode(Node node)
                && node.fires();
    }

    private Topology.Place place(String name, List<Topology.Place> before) {
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
        if (gated.contains(name)) {
            inputs.add(Inbound.from(kept.indexOf(gateOf(name))));
            fedBack.add(false);
        }
        Part part = parts.get(name);
        if (part instanceof Part.Gate(Attention _, String neurons)) {
            Inbound ownSpikes = Inbound.recurrentFrom(kept.indexOf(neurons));
            return new Topology.Place(name, part, shapes.outputOf(neurons), List.of(ownSpikes), List.of(true));
        }
        boolean waits = part instanceof Part.OfNode(Node.Delay _);
        boolean takesSourceShape = part instanceof Part.Sum || part instanceof Part.Potential || waits;
        Shape shape = takesSourceShape ? before.get(inputs.getFirst().source()).shape() : shapes.outputOf(name);
        return new Topology.Place(name, part, shape, inputs, fedBack);
    }

    /**
     * The output must be the last layer. What stands behind it lies on a loop: a dense layer, convolution or pool that
     * feeds nothing but recurrent edges may as well be computed one step later, just before it is read.
     */
    private void endWith(String output) throws QuantiseException {
        while (!kept.getLast().equals(output)) {
            String name = kept.removeLast();
            int earliest = kept.indexOf(output);
            for (Graph.Edge edge : graph.edges()) {
                String reader = layerOf.get(edge.to());
                boolean leaves = name.equals(layerOf.get(edge.from())) && reader != null && !reader.equals(name);
                if (leaves || graph.node(name).fires()) {
                    if (graph.node(name).fires() || !order.isRecurrent(edge)) {
                        throw new QuantiseException("node '" + name + "' lies on a loop around the output neurons '"
                                + output + "' that holds more than one layer; such loops are not supported");
                    }
                    earliest = Math.min(earliest, kept.indexOf(reader));
                }
            }
            kept.add(earliest, name);
        }
    }
}
