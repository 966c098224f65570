package io.spikelet.host.graph;

import java.util.Arrays;

/**
 * Real numbers with a shape, last dimension fastest.
 *
 * @param values row-major
 * @param shape extents; empty for a scalar
 */
public record Tensor(float[] values, int[] shape) {
    public Tensor {
        long size = 1;
        for (int extent : shape) {
            size *= extent;
        }
        if (size != values.length) {
            throw new IllegalArgumentException(
                    "a tensor of shape " + Arrays.toString(shape) + " does not hold " + values.length + " values");
        }
    }

    public static Tensor scalar(float value) {
        return new Tensor(new float[] {value}, new int[0]);
    }

    public static Tensor of(float[] values, int... shape) {
        return new Tensor(values, shape);
    }

    public int rank() {
        return shape.length;
    }

    public int size() {
        return values.length;
    }

    /** Whether no value is infinite or NaN. */
    public boolean isFinite() {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** The value at a flat index of a larger shape that this tensor is broadcast to (scalars only). */
    public float at(int index) {
        return values.length == 1 ? values[0] : values[index];
    }

    /** One value for each of {@code size}: this tensor's own, or each of its values for as many as they share. */
    public float[] spread(int size) {
        float[] spread = new float[size];
        int share = size / values.length;
        for (int i = 0; i < size; i++) {
            spread[i] = values[i / share];
        }
        return spread;
    }
}
