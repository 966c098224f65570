package io.spikelet.host.onnx;

import io.spikelet.host.graph.ImportException;
import java.util.Arrays;

/**
 * Weights as rows, one an output, with the integers that they were before dequantising where a file has those.
 *
 * @param rows outputs
 * @param columns weights of one output
 * @param values (rows, columns)
 * @param codes (rows, columns), 0 means 0; null where there are none
 * @param scale (rows); null without codes
 */
record WeightRows(int rows, int columns, float[] values, int[] codes, float[] scale) {

    /** A constant whose first dimension is the outputs. */
    static WeightRows of(Constant constant) {
        int rows = constant.shape()[0];
        int columns = constant.size() / rows;
        return new WeightRows(rows, columns, constant.floats(), codes(constant, 0), scale(constant, 0, rows));
    }

    /** A matrix of (inputs, outputs). */
    static WeightRows ofColumns(Constant constant) {
        int columns = constant.shape()[0];
        int rows = constant.shape()[1];
        float[] values = constant.floats();
        int[] codes = codes(constant, 1);
        float[] turned = new float[values.length];
        int[] turnedCodes = codes == null ? null : new int[codes.length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                turned[r * columns + c] = values[c * rows + r];
                if (codes != null) {
                    turnedCodes[r * columns + c] = codes[c * rows + r];
                }
            }
        }
        return new WeightRows(rows, columns, turned, turnedCodes, scale(constant, 1, rows));
    }

    /** Null where the constant has no codes, or scales along another axis than the outputs'. */
    private static int[] codes(Constant constant, int outputAxis) {
        Constant.Codes codes = constant.codes();
        if (codes == null || codes.scale().length > 1 && codes.axis() != outputAxis) {
            return null;
        }
        int behind = 1;
        for (int d = codes.axis() + 1; d < constant.rank(); d++) {
            behind *= constant.shape()[d];
        }
        int[] values = new int[codes.values().length];
        for (int i = 0; i < values.length; i++) {
            int s = codes.scale().length == 1 ? 0 : i / behind % codes.scale().length;
            values[i] = (int) (codes.values()[i] - codes.zero()[s]);
        }
        return values;
    }

    private static float[] scale(Constant constant, int outputAxis, int rows) {
        Constant.Codes codes = constant.codes();
        if (codes == null || codes.scale().length > 1 && codes.axis() != outputAxis) {
            return null;
        }
        float[] scale = codes.scale();
        if (scale.length == 1) {
            float[] spread = new float[rows];
            Arrays.fill(spread, scale[0]);
            return spread;
        }
        return scale;
    }

    /** All weights times a number; what is no longer the file's integers loses them. */
    WeightRows times(float factor) {
        if (factor == 1) {
            return this;
        }
        float[] scaled = values.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factor;
        }
        return new WeightRows(rows, columns, scaled, null, null);
    }

    /** Each column moved to the place that its input has; {@code place} may be null for no move. */
    WeightRows ordered(int[] place) {
        if (place == null) {
            return this;
        }
        float[] moved = new float[values.length];
        int[] movedCodes = codes == null ? null : new int[codes.length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                moved[r * columns + place[c]] = values[r * columns + c];
                if (codes != null) {
                    movedCodes[r * columns + place[c]] = codes[r * columns + c];
                }
            }
        }
        return new WeightRows(rows, columns, moved, movedCodes, scale);
    }

    /** Kernels with zeros around. */
    WeightRows grown(OnnxNode node, int kernelHeight, int kernelWidth, Window[] windows) throws ImportException {
        int top = windows[0].zerosBefore();
        int left = windows[1].zerosBefore();
        int height = kernelHeight + top + windows[0].zerosBehind();
        int width = kernelWidth + left + windows[1].zerosBehind();
        if (height == kernelHeight && width == kernelWidth) {
            return this;
        }
        int kernels = values.length / (kernelHeight * kernelWidth);
        if ((long) kernels * height * width > Integer.MAX_VALUE / Float.BYTES) {
            throw node.fault("pads", "would make the kernels too large; pad both sides alike");
        }
        float[] grown = new float[kernels * height * width];
        int[] grownCodes = codes == null ? null : new int[grown.length];
        for (int i = 0; i < values.length; i++) {
            int x = i % kernelWidth + left;
            int y = i / kernelWidth % kernelHeight + top;
            int to = (i / (kernelHeight * kernelWidth) * height + y) * width + x;
            grown[to] = values[i];
            if (codes != null) {
                grownCodes[to] = codes[i];
            }
        }
        return new WeightRows(rows, grown.length / rows, grown, grownCodes, scale);
    }

    /** Null where the weights are no integers. */
    IntegerWeights integers(double[] bias) {
        return codes == null ? null : new IntegerWeights(codes, scale, bias);
    }
}
