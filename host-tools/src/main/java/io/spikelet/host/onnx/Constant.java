package io.spikelet.host.onnx;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * Numbers that a file holds.
 *
 * @param shape extents; empty for a scalar
 * @param reals row-major, all finite; empty where the numbers are integers
 * @param integers row-major; empty where the numbers are real
 * @param codes what the real numbers were before they were dequantised, or null
 */
record Constant(int[] shape, float[] reals, long[] integers, Codes codes) {

    /**
     * Integers with a meaning, {@code real = scale · (code − zero)}.
     *
     * @param values row-major
     * @param scale one, or one for each index of the axis
     * @param zero one for each scale
     * @param axis the dimension that the scales go along; 0 for a single scale
     */
    record Codes(long[] values, float[] scale, long[] zero, int axis) {}

    static Constant real(float[] values, int... shape) {
        return new Constant(shape, values, new long[0], null);
    }

    static Constant integer(long[] values, int... shape) {
        return new Constant(shape, new float[0], values, null);
    }

    boolean isInteger() {
        return reals.length == 0 && integers.length > 0;
    }

    /** Whether it is so many integers. */
    boolean areIntegers(int count) {
        return integers.length == count && reals.length == 0;
    }

    int size() {
        return Math.max(reals.length, integers.length);
    }

    int rank() {
        return shape.length;
    }

    /** The same numbers under another shape of the same size; codes keep their meaning only with one scale. */
    Constant shaped(int... changed) {
        return new Constant(changed, reals, integers, codes != null && codes.scale().length == 1 ? codes : null);
    }

    /** As real numbers. */
    float[] floats() {
        if (!isInteger()) {
            return reals;
        }
        float[] values = new float[integers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = integers[i];
        }
        return values;
    }

    /** As real numbers, without the rounding to float where codes are at hand. */
    double[] exact() {
        float[] rounded = floats();
        double[] values = new double[rounded.length];
        int behind = 1;
        for (int d = codes == null ? shape.length : codes.axis() + 1; d < shape.length; d++) {
            behind *= shape[d];
        }
        for (int i = 0; i < values.length; i++) {
            if (codes == null) {
                values[i] = rounded[i];
            } else {
                int s = codes.scale().length == 1 ? 0 : i / behind % codes.scale().length;
                values[i] = (double) codes.scale()[s] * (codes.values()[i] - codes.zero()[s]);
            }
        }
        return values;
    }

    /** What {@link #exact} gives at a place, without a copy where there are no codes. */
    IntToDoubleFunction values() {
        if (codes != null) {
            double[] exact = exact();
            return i -> exact[i];
        }
        return isInteger() ? i -> integers[i] : i -> reals[i];
    }

    /** The extents as a person writes them. */
    String extents() {
        return Arrays.toString(shape);
    }
}
