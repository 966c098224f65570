package io.spikelet.host.quantise;

import io.spikelet.model.WeightKind;

/** Log2: powers of the root of two times a scale. */
record PowerCoder(float layerLargest, boolean powersOfTwo) implements RowCoder {
    @Override
    public float scale(float[] weights, int from, int length, int row) {
        float scale =
                RowCoder.scale(RowCoder.largest(weights, from, length), layerLargest, WeightKind.LOG2.valueMaximum());
        return powersOfTwo ? RowCoder.nearestPower(scale) : scale;
    }

    @Override
    public void code(float[] weights, int from, int length, float scale, byte[] codes) {
        for (int i = from; i < from + length; i++) {
            codes[i] = nearest(weights[i] / scale);
        }
    }

    /** The code whose value is nearest to a real value; the smaller magnitude of two as near. */
    private static byte nearest(double value) {
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
