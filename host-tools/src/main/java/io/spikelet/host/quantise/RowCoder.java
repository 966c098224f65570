package io.spikelet.host.quantise;

import io.spikelet.model.WeightKind;

/** Turns rows of real weights into codes of a kind, and finds the scale that makes them real again. */
interface RowCoder {
    /** A ternary weight is 0 below this share of its row's mean (Li and Liu, arXiv 1605.04711). */
    double TERNARY_SHARE = 0.7;

    /**
     * Finds the scale of one row, or of several that share it.
     *
     * @param length of all of them; a multiple of {@code row}
     * @param row weights of one
     */
    float scale(float[] weights, int from, int length, int row);

    /**
     * Codes the weights {@code from} to {@code from + length − 1}, one row.
     *
     * @param codes takes them at the same places
     */
    void code(float[] weights, int from, int length, float scale, byte[] codes);

    /**
     * @param layerLargest the largest absolute weight of the layer
     * @param rounding how int8 and int4 round
     * @param powersOfTwo whether scales are powers of two
     */
    static RowCoder of(WeightKind kind, float layerLargest, Rounding rounding, boolean powersOfTwo) {
        return switch (kind) {
            case INT8, INT4 -> new LinearCoder(kind, layerLargest, rounding, powersOfTwo);
            case TERNARY, BINARY -> new SignCoder(kind == WeightKind.TERNARY ? TERNARY_SHARE : 0, powersOfTwo);
            case LOG2 -> new PowerCoder(layerLargest, powersOfTwo);
        };
    }

    /** The largest absolute weight. */
    static float largest(float[] weights, int from, int length) {
        float largest = 0;
        for (int i = from; i < from + length; i++) {
            largest = Math.max(largest, Math.abs(weights[i]));
        }
        return largest;
    }

    /** A channel without weights takes the layer's scale, and a layer without weights 1/limit, so that both may learn. */
    static float scale(float largest, float layerLargest, int limit) {
        if (largest == 0) {
            return (layerLargest == 0 ? 1 : layerLargest) / limit;
        }
        return Math.max(largest, layerLargest * QuantisedWeights.SMALLEST_SCALE) / limit;
    }

    /** The largest power of two that is not above a scale. */
    static float powerBelow(float scale) {
        return Math.scalb(1f, Math.getExponent(scale));
    }

    /** The power of two that is nearest to a scale by ratio; 0 stays 0. */
    static float nearestPower(float scale) {
        float below = powerBelow(scale);
        return scale == 0 ? 0 : (double) scale * scale > 2 * (double) below * below ? 2 * below : below;
    }
}
