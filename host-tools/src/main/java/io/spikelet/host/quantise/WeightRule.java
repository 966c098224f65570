package io.spikelet.host.quantise;

import io.spikelet.model.WeightKind;
import java.util.Optional;

/**
 * How weights become integers (docs/quantisation.md, Q1 and Q8).
 *
 * @param kind what all weights shall be but those that learn, which are int8; empty lets each layer have the narrowest
 *     kind that says its weights exactly, else int8
 * @param rounding how int8 and int4 round
 * @param wholeTensor whether all channels of a layer share a scale; otherwise each has its own
 * @param powersOfTwo whether scales are powers of two
 */
public record WeightRule(Optional<WeightKind> kind, RoundingKind rounding, boolean wholeTensor, boolean powersOfTwo) {
    /** The kind that is exact, else int8; a scale a channel; each weight to its nearest. */
    public static final WeightRule AUTO = new WeightRule(Optional.empty(), RoundingKind.NEAREST, false, false);

    public WeightRule as(WeightKind wanted) {
        return new WeightRule(Optional.of(wanted), rounding, wholeTensor, powersOfTwo);
    }

    public WeightRule rounded(RoundingKind how) {
        return new WeightRule(kind, how, wholeTensor, powersOfTwo);
    }

    public WeightRule withOneScaleALayer() {
        return new WeightRule(kind, rounding, true, powersOfTwo);
    }

    public WeightRule withPowersOfTwo() {
        return new WeightRule(kind, rounding, wholeTensor, true);
    }
}
