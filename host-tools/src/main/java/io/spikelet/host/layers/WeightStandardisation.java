package io.spikelet.host.layers;

import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.Tensor;

/**
 * Weights as they were trained under weight standardisation (OTTT, NeurIPS 2022; Qiao et al., arXiv 1903.10520), row by row:
 * {@code (w − mean) / √(var · n + eps) · gain}, with n the weights of a row and var torch's, divided by n − 1. In double,
 * rounded once.
 */
final class WeightStandardisation {
    private static final double EPS = 1e-4;

    private WeightStandardisation() {}

    /** The weights of a layer, standardised where its fields say so. */
    static Tensor of(LayerFields layer, Tensor weight) throws ImportException {
        if (!layer.has("standardise")) {
            return weight;
        }
        LayerFields fields = layer.part("standardise");
        Tensor gain = fields.numberOrTensor("gain", 1);
        double eps = fields.number("eps", EPS);
        fields.requireAllRead();
        int rows = weight.shape()[0];
        int row = weight.size() / rows;
        if (row < 2) {
            throw layer.fault("standardise", "needs rows of two weights or more; leave it out");
        }
        if (gain.size() != 1 && gain.size() != rows) {
            throw fields.fault(
                    "gain",
                    "has " + gain.size() + " values; give one value, or one for each of " + rows + " rows of weights");
        }
        float[] values = new float[weight.size()];
        for (int r = 0; r < rows; r++) {
            double mean = mean(weight, r, row);
            double spread = variance(weight, r, row, mean) * row + eps;
            if (!(spread > 0)) {
                throw fields.fault(
                        "eps",
                        "leaves " + spread + " of row " + r + " to divide by; it must be above 0 where"
                                + " all weights of a row are the same");
            }
            double factor = gain.at(r) / Math.sqrt(spread);
            for (int i = r * row; i < (r + 1) * row; i++) {
                values[i] = (float) ((weight.values()[i] - mean) * factor);
                if (!Float.isFinite(values[i])) {
                    throw layer.fault("standardise", "leaves the range of float at weight " + i + "; export again");
                }
            }
        }
        return new Tensor(values, weight.shape());
    }

    private static double mean(Tensor weight, int r, int row) {
        double sum = 0;
        for (int i = r * row; i < (r + 1) * row; i++) {
            sum += weight.values()[i];
        }
        return sum / row;
    }

    private static double variance(Tensor weight, int r, int row, double mean) {
        double squares = 0;
        for (int i = r * row; i < (r + 1) * row; i++) {
            double off = weight.values()[i] - mean;
            squares += off * off;
        }
        return squares / (row - 1);
    }
}
