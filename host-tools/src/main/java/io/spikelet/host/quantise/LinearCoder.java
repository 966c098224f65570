package io.spikelet.host.quantise;

import io.spikelet.model.WeightKind;

/** Int8 and int4: integers times a scale. */
final class LinearCoder implements RowCoder {
    /** Int4 clips its largest weights where that lowers the error: from the whole of the largest down by this share. */
    private static final double CLIP_STEP = 0.025;

    private static final int CLIPS = 20;

    /** Below this largest code a row's integers would be too coarse to be told from rounded ones. */
    private static final int LEAST_INTEGER = 32;

    /** Fewer weights other than 0 are whole multiples of something by chance. */
    private static final int LEAST_WEIGHTS = 8;

    /** How far float32 leaves a whole multiple from an integer. */
    private static final double WHOLE = 1e-4;

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
            // The power above clips nothing; those below clip more and round finer, but for channels of almost no
            // weight.
            float floor = layerLargest * QuantisedWeights.SMALLEST_SCALE / kind.valueMaximum();
            float above = RowCoder.powerBelow(whole) == whole ? whole : 2 * RowCoder.powerBelow(whole);
            float below = above / 2 < floor ? above : above / 2;
            return best(weights, from, length, row, above, below, below / 2 < floor ? below : below / 2);
        }
        if (kind == WeightKind.INT8) {
            return whole * kind.valueMaximum() / largestInteger(weights, from, length);
        }
        float[] clipped = new float[CLIPS];
        double share = 1;
        for (int k = 0; k < CLIPS; k++) {
            clipped[k] = (float) (share * whole);
            share -= CLIP_STEP;
        }
        return best(weights, from, length, row, clipped);
    }

    /**
     * The largest code of weights that are whole multiples of one number, as an image's own are when they come back; 127 of
     * any others.
     */
    private int largestInteger(float[] weights, int from, int length) {
        double largest = RowCoder.largest(weights, from, length);
        int some = 0;
        for (int i = from; i < from + length; i++) {
            some += weights[i] == 0 ? 0 : 1;
        }
        if (some < LEAST_WEIGHTS || largest < layerLargest * QuantisedWeights.SMALLEST_SCALE) {
            return kind.valueMaximum();
        }
        for (int code = kind.valueMaximum(); code >= LEAST_INTEGER; code--) {
            if (areWhole(weights, from, length, code / largest)) {
                return code;
            }
        }
        return kind.valueMaximum();
    }

    private static boolean areWhole(float[] weights, int from, int length, double times) {
        for (int i = from; i < from + length; i++) {
            double exact = weights[i] * times;
            if (Math.abs(exact - Math.rint(exact)) > WHOLE) {
                return false;
            }
        }
        return true;
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
