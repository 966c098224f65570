package io.spikelet.host.quantise;

import io.spikelet.host.graph.Node;
import io.spikelet.model.Inbound;
import java.util.ArrayList;
import java.util.List;

/** Which dense layers may learn: a chain of dense layers, each driving neurons alone, that ends at the output. */
final class LearnableLayers {
    private LearnableLayers() {}

    /**
     * Finds the layers.
     *
     * @param nodes the chosen nodes, or empty for the whole chain
     * @return indices, from the input side to the output side
     */
    static List<Integer> of(Topology topology, List<String> nodes) throws QuantiseException {
        return nodes.isEmpty() ? chain(topology) : named(topology, nodes);
    }

    private static List<Integer> named(Topology topology, List<String> nodes) throws QuantiseException {
        List<Integer> layers = new ArrayList<>();
        for (int i = 0; i < topology.places().size(); i++) {
            if (nodes.contains(topology.places().get(i).name())) {
                layers.add(i);
            }
        }
        if (layers.size() != nodes.size()) {
            throw new QuantiseException("of the " + nodes.size() + " nodes said to learn, " + nodes + ", only "
                    + layers.size() + " exist; name dense nodes of the graph");
        }
        return layers;
    }

    private static List<Integer> chain(Topology topology) throws QuantiseException {
        List<Integer> layers = new ArrayList<>();
        List<Topology.Place> places = topology.places();
        int neuron = places.getLast().part() instanceof Part.OfNode ? places.size() - 1 : 0;
        while (places.get(neuron).inputs().size() == 1) {
            Inbound inbound = places.get(neuron).inputs().getFirst();
            boolean isPlain = places.get(neuron).node() instanceof Node.If
                    || places.get(neuron).node() instanceof Node.Lif;
            if (!isPlain || !(places.get(inbound.source()).node() instanceof Node.Affine)) {
                break;
            }
            layers.addFirst(inbound.source());
            neuron = places.get(inbound.source()).inputs().getFirst().source();
        }
        if (layers.isEmpty()) {
            throw new QuantiseException(
                    "no layer can learn: the output '" + places.getLast().name()
                            + "' must be IF or LIF neurons driven by one dense node; quantise without a learning rule");
        }
        return layers;
    }
}
