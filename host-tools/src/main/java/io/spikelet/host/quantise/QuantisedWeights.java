package io.spikelet.host.quantise;

import io.spikelet.model.Bounds;

/**
 * Weights in int8, symmetric, one scale an output channel: {@code w ≈ scale · q}, {@code scale = max|w| / 127}, rounded
 * half to even. Nothing is ever clipped, since each channel's scale comes from its own largest weight.
 *
 * @param values (rows, row length) −127..127
 * @param scale (rows)
 */
record QuantisedWeights(byte[] values, float[] scale) {

    /**
     * A channel's scale is at least this share of the layer's largest one: a channel of almost no weight must not force
     * membrane LSBs so small that its threshold leaves 32 bits.
     */
    private static final float SMALLEST_SCALE = 1f / 4096;

    /**
     * Quantises one layer.
     *
     * @param weights (rows, row length)
     */
    static QuantisedWeights of(float[] weights, int rows) {
        int row = weights.length / rows;
        float[] largest = new float[rows];
        float layerLargest = 0;
        for (int o = 0; o < rows; o++) {
            for (int i = o * row; i < (o + 1) * row; i++) {
                largest[o] = Math.max(largest[o], Math.abs(weights[i]));
            }
            layerLargest = Math.max(layerLargest, largest[o]);
        }
        byte[] values = new byte[weights.length];
        float[] scale = new float[rows];
        for (int o = 0; o < rows; o++) {
            scale[o] = scale(largest[o], layerLargest);
            for (int i = o * row; i < (o + 1) * row; i++) {
                double quotient = Math.rint((double) weights[i] / scale[o]);
                values[i] = (byte) Math.clamp(quotient, -Bounds.WEIGHT_MAXIMUM, Bounds.WEIGHT_MAXIMUM);
            }
        }
        return new QuantisedWeights(values, scale);
    }

    /** A channel without weights takes the layer's scale, and a layer without weights 1/127, so that both may learn. */
    private static float scale(float largest, float layerLargest) {
        if (largest == 0) {
            return (layerLargest == 0 ? 1 : layerLargest) / Bounds.WEIGHT_MAXIMUM;
        }
        return Math.max(largest, layerLargest * SMALLEST_SCALE) / Bounds.WEIGHT_MAXIMUM;
    }
}
