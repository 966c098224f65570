package io.spikelet.host.quantise;

import io.spikelet.model.Shape;
import java.util.Arrays;

/** Stores a parameter as rarely as it can be: once, once a channel, or once a neuron. */
final class ParameterPacking {
    private ParameterPacking() {}

    /**
     * @param perNeuron (neurons)
     * @return 1, channels or neurons values, such that {@code Parameter.perNeuron} gives the argument back
     */
    static int[] pack(int[] perNeuron, Shape shape) {
        int stride = 1;
        if (isConstantOver(perNeuron, shape.size())) {
            stride = shape.size();
        } else if (isConstantOver(perNeuron, shape.area())) {
            stride = shape.area();
        }
        int[] packed = new int[perNeuron.length / stride];
        for (int i = 0; i < packed.length; i++) {
            packed[i] = perNeuron[i * stride];
        }
        return packed;
    }

    /**
     * A table over time, stored as rarely as it can be.
     *
     * @param rows (steps, neurons)
     * @return (steps, parameter), row by row; one row where all are alike
     */
    static int[] pack(int[][] rows, Shape shape) {
        int[] longest = {};
        for (int[] row : rows) {
            int[] packed = pack(row, shape);
            longest = packed.length > longest.length ? packed : longest;
        }
        int stride = shape.size() / longest.length;
        int[] table = new int[rows.length * longest.length];
        for (int i = 0; i < table.length; i++) {
            table[i] = rows[i / longest.length][i % longest.length * stride];
        }
        return table;
    }

    /** The same for real values, equal when their bits are. */
    static float[] pack(float[] perNeuron, Shape shape) {
        int[] bits = new int[perNeuron.length];
        Arrays.setAll(bits, n -> Float.floatToIntBits(perNeuron[n]));
        int[] packedBits = pack(bits, shape);
        float[] packed = new float[packedBits.length];
        for (int i = 0; i < packed.length; i++) {
            packed[i] = Float.intBitsToFloat(packedBits[i]);
        }
        return packed;
    }

    private static boolean isConstantOver(int[] values, int stretch) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] != values[i - i % stretch]) {
                return false;
            }
        }
        return true;
    }
}
