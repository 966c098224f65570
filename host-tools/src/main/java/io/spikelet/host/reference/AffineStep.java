package io.spikelet.host.reference;

import io.spikelet.host.graph.Node;
import java.util.Arrays;

/**
 * {@code weight · x + bias}, column by column, so that silent inputs cost nothing.
 *
 * @param columns (inputs, outputs), the weight transposed
 * @param bias (outputs), or null
 */
record AffineStep(float[] columns, float[] bias, float[] arriving, float[] output) implements Step {

    static AffineStep of(Node.Affine affine, float[] arriving, float[] output) {
        float[] weight = affine.weight().values();
        float[] columns = new float[weight.length];
        for (int o = 0; o < output.length; o++) {
            for (int i = 0; i < arriving.length; i++) {
                columns[i * output.length + o] = weight[o * arriving.length + i];
            }
        }
        return new AffineStep(
                columns, affine.bias() == null ? null : affine.bias().values(), arriving, output);
    }

    @Override
    public void run() {
        Arrays.fill(output, 0);
        for (int i = 0; i < arriving.length; i++) {
            float value = arriving[i];
            if (value != 0) {
                int column = i * output.length;
                for (int o = 0; o < output.length; o++) {
                    output[o] += columns[column + o] * value;
                }
            }
        }
        if (bias != null) {
            for (int o = 0; o < output.length; o++) {
                output[o] += bias[o];
            }
        }
    }
}
