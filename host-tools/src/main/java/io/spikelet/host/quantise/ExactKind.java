package io.spikelet.host.quantise;

import io.spikelet.model.WeightKind;

/** Tells binary and ternary layers by their weights: trained as such, every row holds one absolute value, or it and 0. */
final class ExactKind {
    private ExactKind() {}

    /**
     * The narrowest kind that loses nothing.
     *
     * @param weights (rows, row length)
     * @return BINARY where every row is exactly ±α, TERNARY where it is −α, 0 or α, otherwise INT8; INT8 too where rows
     *     hold one weight or none but zeros, which say nothing of how the layer was trained
     */
    static WeightKind of(float[] weights, int rows) {
        int row = weights.length / rows;
        float layerLargest = RowCoder.largest(weights, 0, weights.length);
        if (row < 2 || layerLargest == 0) {
            return WeightKind.INT8;
        }
        boolean hasZero = false;
        for (int o = 0; o < rows; o++) {
            float alpha = RowCoder.largest(weights, o * row, row);
            if (alpha != 0 && alpha < layerLargest * QuantisedWeights.SMALLEST_SCALE) {
                return WeightKind.INT8;
            }
            for (int i = o * row; i < (o + 1) * row; i++) {
                if (weights[i] != 0 && Math.abs(weights[i]) != alpha) {
                    return WeightKind.INT8;
                }
                hasZero |= weights[i] == 0;
            }
        }
        return hasZero ? WeightKind.TERNARY : WeightKind.BINARY;
    }
}
