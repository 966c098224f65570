package io.spikelet.host.reference;

import io.spikelet.host.graph.Attention;
import io.spikelet.model.Shape;
import java.util.Arrays;

/** The factors of an {@link Attention} over the spikes of a step. */
final class AttentionFactors {
    private final Attention attention;
    private final int channels;
    private final int area;

    /** (channels, height, width), 1 before the second step. */
    private final float[] factors;

    private final double[] ofPixel;
    private final double[] mean;
    private final double[] hidden;

    AttentionFactors(Attention attention, Shape shape) {
        this.attention = attention;
        channels = shape.channels();
        area = shape.area();
        factors = new float[shape.size()];
        ofPixel = new double[area];
        mean = new double[channels];
        hidden = new double[attention.hidden()];
        reset();
    }

    void reset() {
        Arrays.fill(factors, 1);
    }

    /** The latest factors, overwritten at each step. */
    float[] values() {
        return factors;
    }

    void run(boolean[] fired) {
        float[] spatial = attention.spatial().values();
        Arrays.fill(ofPixel, attention.spatialBias());
        Arrays.fill(mean, 0);
        for (int i = 0; i < fired.length; i++) {
            if (fired[i]) {
                ofPixel[i % area] += spatial[i / area];
                mean[i / area] += 1.0 / area;
            }
        }
        for (int p = 0; p < area; p++) {
            ofPixel[p] = Attention.logistic(ofPixel[p]);
        }
        for (int j = 0; j < hidden.length; j++) {
            hidden[j] = Math.max(0, product(attention.squeeze().values(), j, mean));
        }
        for (int c = 0; c < channels; c++) {
            double ofChannel = Attention.logistic(product(attention.excite().values(), c, hidden));
            for (int p = 0; p < area; p++) {
                factors[c * area + p] = (float) (ofPixel[p] * ofChannel);
            }
        }
    }

    /** One row of a matrix times a vector. */
    private static double product(float[] matrix, int row, double[] vector) {
        double sum = 0;
        for (int i = 0; i < vector.length; i++) {
            sum += matrix[row * vector.length + i] * vector[i];
        }
        return sum;
    }
}
