package io.spikelet.host.quantise;

import io.spikelet.model.WeightKind;
import java.util.Optional;

/**
 * One layer's weights as codes of one kind, symmetric, one scale an output channel: {@code w ≈ scale · value(code)}
 * (docs/quantisation.md, Q1).
 *
 * @param kind what the codes are
 * @param values (rows, row length) codes
 * @param scale (rows) the real size of a value of 1
 */
record QuantisedWeights(WeightKind kind, byte[] values, float[] scale) {

    /**
     * A channel's scale is at least this share of the layer's largest one: a channel of almost no weight must not force
     * membrane LSBs so small that its threshold leaves 32 bits.
     */
    static final float SMALLEST_SCALE = 1f / 4096;

    /**
     * Quantises one layer.
     *
     * @param weights (rows, row length)
     * @param wanted the kind, or empty for the narrowest that says these weights exactly, else int8
     * @param rounding how int8 and int4 round
     */
    static QuantisedWeights of(float[] weights, int rows, Optional<WeightKind> wanted, Rounding rounding) {
        WeightKind kind = wanted.orElseGet(() -> ExactKind.of(weights, rows));
        int row = weights.length / rows;
        float layerLargest = RowCoder.largest(weights, 0, weights.length);
        byte[] values = new byte[weights.length];
        float[] scale = new float[rows];
        for (int o = 0; o < rows; o++) {
            scale[o] = RowCoder.of(kind, layerLargest, rounding).code(weights, o * row, row, values);
        }
        return new QuantisedWeights(kind, values, scale);
    }
}
