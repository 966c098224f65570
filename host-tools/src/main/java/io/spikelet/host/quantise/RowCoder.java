package io.spikelet.host.quantise;

import io.spikelet.model.WeightKind;

/** Turns one row of real weights into codes of a kind and the scale that makes them real again. */
@FunctionalInterface
interface RowCoder {
    /** A ternary weight is 0 below this share of its row's mean (Li and Liu, arXiv 1605.04711). */
    double TERNARY_SHARE = 0.7;

    /** Int4 clips its largest weights where that lowers the error: shares of the largest that are tried. */
    double LEAST_CLIP = 0.5;

    double CLIP_STEP = 0.025;

    /**
     * Codes the weights {@code from} to {@code from + length − 1}.
     *
     * @param codes takes them at the same places
     * @return the scale
     */
    float code(float[] weights, int from, int length, byte[] codes);

    /**
     * @param layerLargest the largest absolute weight of the layer
     * @param rounding how int8 and int4 round
     */
    static RowCoder of(WeightKind kind, float layerLargest, Rounding rounding) {
        return switch (kind) {
            case INT8 ->
                (weights, from, length, codes) -> {
                    float scale = scale(largest(weights, from, length), layerLargest, kind.valueMaximum());
                    rounding.round(weights, from, length, scale, kind.valueMaximum(), codes);
                    return scale;
                };
            case INT4 ->
                (weights, from, length, codes) -> {
                    float whole = scale(largest(weights, from, length), layerLargest, kind.valueMaximum());
                    float scale = bestClip(weights, from, length, whole, kind.valueMaximum(), rounding);
                    rounding.round(weights, from, length, scale, kind.valueMaximum(), codes);
                    return scale;
                };
            case TERNARY ->
                (weights, from, length, codes) ->
                        signs(weights, from, length, TERNARY_SHARE * meanAbove(weights, from, length, -1), codes);
            case BINARY -> (weights, from, length, codes) -> signs(weights, from, length, -1, codes);
            case LOG2 ->
                (weights, from, length, codes) -> {
                    float scale = scale(largest(weights, from, length), layerLargest, kind.valueMaximum());
                    for (int i = from; i < from + length; i++) {
                        codes[i] = nearestPower(weights[i] / scale);
                    }
                    return scale;
                };
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
    private static float scale(float largest, float layerLargest, int limit) {
        if (largest == 0) {
            return (layerLargest == 0 ? 1 : layerLargest) / limit;
        }
        return Math.max(largest, layerLargest * QuantisedWeights.SMALLEST_SCALE) / limit;
    }

    private static float bestClip(float[] weights, int from, int length, float whole, int limit, Rounding rounding) {
        float best = whole;
        double leastError = Double.MAX_VALUE;
        for (double share = 1; share >= LEAST_CLIP; share -= CLIP_STEP) {
            float scale = (float) (share * whole);
            double error = rounding.error(weights, from, length, scale, limit);
            if (error < leastError) {
                leastError = error;
                best = scale;
            }
        }
        return best;
    }

    /** −1, 0 or 1 by a limit that must be exceeded; the scale is the mean of those that exceed it. */
    private static float signs(float[] weights, int from, int length, double limit, byte[] codes) {
        for (int i = from; i < from + length; i++) {
            codes[i] = (byte) (Math.abs(weights[i]) <= limit ? 0 : weights[i] < 0 ? -1 : 1);
        }
        return (float) meanAbove(weights, from, length, limit);
    }

    /** The mean absolute value of the weights whose absolute value exceeds a limit; 0 where none does. */
    private static double meanAbove(float[] weights, int from, int length, double limit) {
        double sum = 0;
        int count = 0;
        for (int i = from; i < from + length; i++) {
            if (Math.abs(weights[i]) > limit) {
                sum += Math.abs(weights[i]);
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    /** The code whose value is nearest to a real value; the smaller magnitude of two as near. */
    private static byte nearestPower(double value) {
        byte nearest = 0;
        for (byte code = 1; code < 16; code++) {
            byte signed = (byte) (value < 0 ? code | 0x10 : code);
            if (Math.abs(WeightKind.LOG2.value(signed) - value) <= Math.abs(WeightKind.LOG2.value(nearest) - value)) {
                nearest = signed;
            }
        }
        return nearest;
    }
}
