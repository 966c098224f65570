package io.spikelet.host.quantise;

import io.spikelet.model.WeightKind;

/** Int8 and int4: integers times a scale. */
final class LinearCoder implements RowCoder {
    /** Int4 clips its largest weights where that lowers the error: shares of the largest that are tried. */
    private static final double LEAST_CLIP = 0.5;

    private static final double CLIP_STEP = 0.025;

    private final WeightKind kind;
    private final float layerLargest;
    private final Rounding rounding;
    private final boolean powersOfTwo;

    LinearCoder(WeightKind kind, float layerLargest, Rounding rounding, boolean powersOfTwo) {
        this.kind = kind;
        this.layerLargest = layerLargest;
        this.rounding = rounding;
        this.powersOfTwo = powersOfTwo;
    }

    @Override
    public float scale(float[] weights, int from, int length, int row) {
        float whole = RowCoder.scale(RowCoder.largest(weights, from, length), layerLargest, kind.valueMaximum());
        if (powersOfTwo) {
            // The power above clips nothing; those below clip more and round finer.
            float below = RowCoder.powerBelow(whole);
            return best(weights, from, length, row, below == whole ? below : 2 * below, below, below / 2);
        }
        if (kind == WeightKind.INT8) {
            return whole;
        }
        float[] clipped = new float[(int) Math.round((1 - LEAST_CLIP) / CLIP_STEP) + 1];
        double share = 1;
        for (int k = 0; k < clipped.length; k++) {
            clipped[k] = (float) (share * whole);
            share -= CLIP_STEP;
        }
        return best(weights, from, length, row, clipped);
    }

    private float best(float[] weights, int from, int length, int row, float... scales) {
        float best = scales[0];
        double leastError = Double.MAX_VALUE;
        for (float scale : scales) {
            double error = 0;
            for (int at = from; at < from + length; at += row) {
                error += rounding.error(weights, at, row, scale, kind.valueMaximum());
            }
            if (error < leastError) {
                leastError = error;
                best = scale;
            }
        }
        return best;
    }

    @Override
    public void code(float[] weights, int from, int length, float scale, byte[] codes) {
        rounding.round(weights, from, length, scale, kind.valueMaximum(), codes);
    }
}
