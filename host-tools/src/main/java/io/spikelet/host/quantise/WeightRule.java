package io.spikelet.host.quantise;

import io.spikelet.model.WeightKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How weights become integers (docs/quantisation.md, Q1 and Q8).
 *
 * @param kind what all weights shall be but those that learn, which are int8; empty lets each layer have the narrowest
 *     kind that says its weights exactly, else int8
 * @param rounding how int8 and int4 round
 * @param wholeTensor whether all channels of a layer share a scale; otherwise each has its own
 * @param powersOfTwo whether scales are powers of two
 * @param correctsBias whether biases take up what rounded weights add in the mean on calibration samples
 * @param ofNode by the name of a node with weights, the kind that it alone shall be
 */
public record WeightRule(
        Optional<WeightKind> kind,
        RoundingKind rounding,
        boolean wholeTensor,
        boolean powersOfTwo,
        boolean correctsBias,
        Map<String, WeightKind> ofNode) {
    /** The kind that is exact, else int8; a scale a channel; each weight to its nearest. */
    public static final WeightRule AUTO =
            new WeightRule(Optional.empty(), RoundingKind.NEAREST, false, false, false, Map.of());

    public WeightRule {
        ofNode = Collections.unmodifiableMap(new LinkedHashMap<>(ofNode));
    }

    /** What holds for one node; it names no others. */
    WeightRule of(String node) {
        WeightKind own = ofNode.get(node);
        return new WeightRule(
                own == null ? kind : Optional.of(own), rounding, wholeTensor, powersOfTwo, correctsBias, Map.of());
    }

    /**
     * What holds for one node where its file has a say too, which a person overrules.
     *
     * @param said by node
     */
    WeightRule of(String node, Map<String, WeightKind> said) {
        WeightRule chosen = of(node);
        return chosen.kind().isPresent() || !said.containsKey(node) ? chosen : chosen.as(said.get(node));
    }

    public WeightRule as(WeightKind wanted) {
        return new WeightRule(Optional.of(wanted), rounding, wholeTensor, powersOfTwo, correctsBias, ofNode);
    }

    /** One node is another kind than the others. */
    public WeightRule with(String node, WeightKind wanted) {
        return with(Map.of(node, wanted));
    }

    /** Some nodes are other kinds than the others; what was said of other nodes stays. */
    public WeightRule with(Map<String, WeightKind> wanted) {
        Map<String, WeightKind> all = new LinkedHashMap<>(ofNode);
        all.putAll(wanted);
        return new WeightRule(kind, rounding, wholeTensor, powersOfTwo, correctsBias, all);
    }

    public WeightRule rounded(RoundingKind how) {
        return new WeightRule(kind, how, wholeTensor, powersOfTwo, correctsBias, ofNode);
    }

    public WeightRule withOneScaleALayer() {
        return new WeightRule(kind, rounding, true, powersOfTwo, correctsBias, ofNode);
    }

    public WeightRule withPowersOfTwo() {
        return new WeightRule(kind, rounding, wholeTensor, true, correctsBias, ofNode);
    }

    public WeightRule withBiasCorrection() {
        return new WeightRule(kind, rounding, wholeTensor, powersOfTwo, true, ofNode);
    }

    /** Whether it asks what weights meet on samples. */
    boolean wantsSamples() {
        return correctsBias || rounding == RoundingKind.ADAPTIVE;
    }
}
