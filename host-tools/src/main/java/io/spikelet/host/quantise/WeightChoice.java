package io.spikelet.host.quantise;

import io.spikelet.model.WeightKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the weights of each layer shall be: what a person asked for, or else the file says; what learns is int8, or binary where it flips, and what reads
 * times is logarithmic.
 *
 * @param said by node, where the file has a say
 */
record WeightChoice(WeightRule asked, Map<String, WeightKind> said) {

    /** @throws QuantiseException when a kind is asked for a node that learns in another */
    WeightRule of(String node, boolean readsTimes, Optional<WeightKind> learned) throws QuantiseException {
        if (readsTimes) {
            return asked.as(WeightKind.LOG2);
        }
        WeightRule rule = asked.of(node, said);
        if (learned.isEmpty()) {
            return rule;
        }
        WeightKind own = asked.ofNode().get(node);
        if (own != null && own != learned.get()) {
            throw new QuantiseException("node '" + node + "' learns on the board, where weights are "
                    + learned.get().name().toLowerCase(Locale.ROOT) + ", and cannot be "
                    + own.name().toLowerCase(Locale.ROOT)
                    + "; name other nodes, or quantise without a learning rule");
        }
        return rule.as(learned.get());
    }

    /** @throws QuantiseException when a kind is asked for a node without weights */
    void requireWeighted(Topology topology) throws QuantiseException {
        List<String> weighted = topology.places().stream()
                .filter(Topology.Place::isLinear)
                .map(Topology.Place::name)
                .toList();
        for (String name : asked.ofNode().keySet()) {
            if (!weighted.contains(name)) {
                throw new QuantiseException("there is no node '" + name + "' whose weights could be of a kind of their"
                        + " own; nodes with weights are " + String.join(", ", weighted));
            }
        }
    }

    /** Bits of the largest integer that a weight may be. */
    int bits() {
        boolean logarithmic = asked.kind().equals(Optional.of(WeightKind.LOG2))
                || asked.ofNode().containsValue(WeightKind.LOG2)
                || said.containsValue(WeightKind.LOG2);
        return Integer.SIZE
                - Integer.numberOfLeadingZeros((logarithmic ? WeightKind.LOG2 : WeightKind.INT8).valueMaximum());
    }
}
