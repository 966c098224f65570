package io.spikelet.host.quantise;

import io.spikelet.host.graph.Node;
import io.spikelet.model.Inbound;
import io.spikelet.model.LearningMethod;
import io.spikelet.model.LearningRule;
import java.util.ArrayList;
import java.util.List;

/**
 * Which layers may learn: those that a person names, all with weights, or a chain of dense layers, each driving neurons alone,
 * that ends at the output.
 */
final class LearnableLayers {
    private LearnableLayers() {}

    /** The rule that an image holds. */
    static LearningRule rule(Topology topology, QuantiseOptions.Learning chosen) throws QuantiseException {
        boolean calibrates = chosen.method().kind() == LearningMethod.Kind.CALIBRATION;
        List<Integer> layers = calibrates ? withThresholds(topology, of(topology, chosen)) : of(topology, chosen);
        List<Float> rates = new ArrayList<>();
        for (int index : layers) {
            rates.add(chosen.rates().getOrDefault(topology.places().get(index).name(), 1f));
        }
        for (String node : chosen.rates().keySet()) {
            boolean learns = layers.stream()
                    .anyMatch(index -> topology.places().get(index).name().equals(node));
            if (!learns) {
                throw new QuantiseException(
                        "node '" + node + "' has a rate of its own but does not learn; name it with --learn");
            }
        }
        LearningMethod method = chosen.rates().isEmpty()
                ? chosen.method()
                : chosen.method().withSteps(chosen.method().clip(), rates);
        return new LearningRule(layers, chosen.learningRate(), chosen.logitGain(), chosen.halving(), method);
    }

    /** Those that drive neurons which fire; of several that drive the same ones the first. */
    private static List<Integer> withThresholds(Topology topology, List<Integer> layers) throws QuantiseException {
        List<Integer> kept = new ArrayList<>();
        for (Topology.Place place : topology.places()) {
            if (place.hasMembranes() && !place.givesPotentials()) {
                place.inputs().stream()
                        .map(Inbound::source)
                        .filter(layers::contains)
                        .findFirst()
                        .ifPresent(kept::add);
            }
        }
        if (kept.isEmpty()) {
            throw new QuantiseException("no threshold can be calibrated: none of the layers that are to learn drives"
                    + " neurons that fire; name others with --learn");
        }
        kept.sort(null);
        return kept;
    }

    /** Indices, from the input side to the output side. */
    private static List<Integer> of(Topology topology, QuantiseOptions.Learning chosen) throws QuantiseException {
        if (chosen.everywhere()) {
            List<Integer> layers = new ArrayList<>();
            for (int i = 0; i < topology.places().size(); i++) {
                if (topology.places().get(i).isLinear()) {
                    layers.add(i);
                }
            }
            return layers;
        }
        return chosen.nodes().isEmpty() ? chain(topology) : named(topology, chosen.nodes());
    }

    private static List<Integer> named(Topology topology, List<String> nodes) throws QuantiseException {
        List<Integer> layers = new ArrayList<>();
        for (int i = 0; i < topology.places().size(); i++) {
            Topology.Place place = topology.places().get(i);
            if (place.isLinear() && nodes.contains(place.name())) {
                layers.add(i);
            }
        }
        if (layers.size() != nodes.size()) {
            throw new QuantiseException("of the " + nodes.size() + " nodes said to learn, " + nodes + ", only "
                    + layers.size() + " exist; name dense or convolution nodes of the graph");
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
                            + "' must be IF or LIF neurons driven by one dense node; name the nodes that learn, or"
                            + " quantise without a learning rule");
        }
        return layers;
    }
}
