package io.spikelet.host.quantise;

import io.spikelet.model.WeightKind;

/**
 * One layer's weights as codes of one kind, symmetric, with a scale for each output channel: {@code w ≈ scale · value(code)}
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
     * @param rounding how int8 and int4 round; what {@code rule} says of it was heard before
     */
    static QuantisedWeights of(float[] weights, int rows, WeightRule rule, Rounding rounding) {
        WeightKind kind = rule.kind().orElseGet(() -> ExactKind.of(weights, rows));
        int row = weights.length / rows;
        RowCoder coder = RowCoder.of(kind, RowCoder.largest(weights, 0, weights.length), rounding, rule.powersOfTwo());
        int sharing = rule.wholeTensor() ? rows : 1;
        byte[] values = new byte[weights.length];
        float[] scale = new float[rows];
        for (int o = 0; o < rows; o++) {
            scale[o] = o % sharing == 0 ? coder.scale(weights, o * row, sharing * row, row) : scale[o - 1];
            coder.code(weights, o * row, row, scale[o], values);
        }
        return new QuantisedWeights(kind, values, scale);
    }
}
