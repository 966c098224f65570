package io.spikelet.model;

/** Reads a neuron parameter that is stored once, once a channel, or once a neuron. */
public final class Parameter {
    private Parameter() {}

    /** Whether an array of this length fits a layer of this shape. */
    public static boolean fits(int length, Shape shape) {
        return length == 1 || length == shape.channels() || length == shape.size();
    }

    /**
     * Spreads a parameter to one value a neuron.
     *
     * @param values 1, channels or channels·height·width values
     * @return (neurons) a new array
     * @throws IllegalArgumentException when the length fits none of the three
     */
    public static int[] perNeuron(int[] values, Shape shape) {
        int[] spread = new int[shape.size()];
        int divisor = divisor(values.length, shape);
        for (int i = 0; i < spread.length; i++) {
            spread[i] = values[i / divisor];
        }
        return spread;
    }

    /** The same for real values. */
    public static float[] perNeuron(float[] values, Shape shape) {
        float[] spread = new float[shape.size()];
        int divisor = divisor(values.length, shape);
        for (int i = 0; i < spread.length; i++) {
            spread[i] = values[i / divisor];
        }
        return spread;
    }

    private static int divisor(int length, Shape shape) {
        if (length == 1) {
            return shape.size();
        }
        if (length == shape.size()) {
            return 1;
        }
        if (length == shape.channels()) {
            return shape.area();
        }
        throw new IllegalArgumentException(
                "a parameter holds 1, " + shape.channels() + " or " + shape.size() + " values: length=" + length);
    }
}
