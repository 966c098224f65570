package io.spikelet.host.onnx;

import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.onnx.Activation.ValueRange;
import io.spikelet.model.Shape;
import java.util.Arrays;
import java.util.Optional;

/** Convolutions and matrices. */
final class LinearOperators {
    private LinearOperators() {}

    static Activation convolution(OnnxNode node, Translation translation) throws ImportException {
        Optional<Constant> bias = translation.optional(node, 2);
        return convolution(node, translation, translation.constant(node, 1), bias.orElse(null));
    }

    /** @param bias (filters), or null */
    static Activation convolution(OnnxNode node, Translation translation, Constant weight, Constant bias)
            throws ImportException {
        Activation read = translation.padded(node, 0);
        int spatial = weight.rank() - 2;
        if (spatial < 1 || spatial > 2 || weight.size() == 0) {
            throw node.fault(
                    "W",
                    "has shape " + weight.extents()
                            + "; it must be [out, in/group, length] or [out, in/group, height, width]");
        }
        read = planes(node, translation, read, spatial);
        int[] kernel = Arrays.copyOfRange(weight.shape(), 2, weight.rank());
        if (node.has("kernel_shape") && !Arrays.equals(node.extents("kernel_shape", spatial, 1), kernel)) {
            throw node.fault("kernel_shape", "does not agree with the weights of shape " + weight.extents());
        }
        Window[] windows = Window.of(node, read, spatial, kernel);
        for (Window window : windows) {
            if (!window.canBeEven()) {
                throw node.fault(
                        "pads",
                        "are not the same on both sides, and differ by no multiple of the dilation;"
                                + " pad both sides alike");
            }
        }
        int filters = weight.shape()[0];
        long groups = node.integer("group", 1);
        if (groups < 1
                || groups > filters
                || filters % groups != 0
                || weight.shape()[1] * groups != read.shape().channels()) {
            throw node.fault(
                    "W",
                    "has shape " + weight.extents() + " in " + groups + " groups, but " + read.text()
                            + " reaches it; the file is damaged, export it again");
        }
        int kernelHeight = spatial == 1 ? 1 : kernel[0];
        int kernelWidth = kernel[spatial - 1];
        WeightRows rows = WeightRows.of(weight).grown(node, kernelHeight, kernelWidth, windows);
        int[] shape = {
            filters,
            weight.shape()[1],
            kernelHeight + windows[0].zerosBefore() + windows[0].zerosBehind(),
            kernelWidth + windows[1].zerosBefore() + windows[1].zerosBehind()
        };
        double[] offsets = bias(node, bias, filters, 1);
        Node.Conv2d made = new Node.Conv2d(
                new Tensor(rows.values(), shape),
                floats(offsets),
                new int[] {windows[0].stride(), windows[1].stride()},
                new int[] {windows[0].padding(), windows[1].padding()},
                new int[] {windows[0].dilation(), windows[1].dilation()},
                (int) groups,
                null);
        Shape out = Translation.shape(node, filters, windows[0].count(), windows[1].count());
        return given(node, translation, made, read, rows, offsets, out, spatial + 2);
    }

    /** An activation that is planes, or can be taken for some: the graph's input, while nothing has read it. */
    static Activation planes(OnnxNode node, Translation translation, Activation read, int spatial)
            throws ImportException {
        Activation found = read;
        if (!found.isPlanes(spatial) && found.rank() == spatial + 2) {
            found = translation.retaken(node, found).orElse(found);
        }
        if (!found.isPlanes(spatial)) {
            throw node.fault("takes " + (spatial == 1 ? "[1, channels, length]" : "[1, channels, height, width]")
                    + " but " + found.text() + " in another order reaches it; transpose to channels first before it");
        }
        return found;
    }

    static Activation gemm(OnnxNode node, Translation translation) throws ImportException {
        Constant weight = translation.constant(node, 1);
        Constant bias = translation.optional(node, 2).orElse(null);
        return gemm(node, translation, weight, bias, node.integer("transB", 0) != 0);
    }

    static Activation gemm(OnnxNode node, Translation translation, Constant weight, Constant bias, boolean isTurned)
            throws ImportException {
        if (node.integer("transA", 0) != 0) {
            throw node.fault("transA", "is 1; only weights may be transposed, so export it with transA = 0");
        }
        requireMatrix(node, weight);
        WeightRows rows =
                (isTurned ? WeightRows.of(weight) : WeightRows.ofColumns(weight)).times(node.real("alpha", 1));
        return matrix(node, translation, rows, bias(node, bias, rows.rows(), node.real("beta", 1)));
    }

    static Activation matMul(OnnxNode node, Translation translation) throws ImportException {
        Constant weight = translation.constant(node, 1);
        requireMatrix(node, weight);
        return matrix(node, translation, WeightRows.ofColumns(weight), null);
    }

    private static void requireMatrix(OnnxNode node, Constant weight) throws ImportException {
        if (weight.rank() != 2 || weight.size() == 0) {
            throw node.fault("input 1", "has shape " + weight.extents() + "; it must be a matrix");
        }
    }

    private static Activation matrix(OnnxNode node, Translation translation, WeightRows rows, double[] bias)
            throws ImportException {
        Activation read = translation.activation(node, 0);
        int last = read.rank() - 1;
        if (!read.isVector() && read.extents()[last] == read.shape().size()) {
            int[] axes = new int[read.rank()];
            Arrays.fill(axes, Activation.NONE);
            axes[last] = Activation.CHANNEL;
            read = ShapeOperators.flat(node, translation, read).laidOut(read.extents(), axes);
        }
        if (!read.isVector()) {
            throw node.fault("takes one vector but " + read.text() + " reaches it; put a Flatten before it");
        }
        if (read.shape().size() != rows.columns()) {
            throw node.fault("takes " + rows.columns() + " values but " + read.text()
                    + " reaches it; the file is damaged, export it again");
        }
        WeightRows ordered = rows.ordered(read.graphIndices());
        Node.Affine made =
                new Node.Affine(Tensor.of(ordered.values(), ordered.rows(), ordered.columns()), floats(bias));
        Shape out = Translation.shape(node, rows.rows(), 1, 1);
        Activation plain = given(node, translation, made, read, ordered, bias, out, 2);
        int[] extents = read.extents().clone();
        extents[read.rank() - 1] = rows.rows();
        int[] axes = new int[extents.length];
        Arrays.fill(axes, Activation.NONE);
        axes[axes.length - 1] = Activation.CHANNEL;
        return plain.laidOut(extents, axes);
    }

    private static Activation given(
            OnnxNode node,
            Translation translation,
            Node made,
            Activation read,
            WeightRows rows,
            double[] bias,
            Shape out,
            int rank)
            throws ImportException {
        Activation given = translation.layer(node, made, read, out, rank, ValueRange.ANY);
        if (rows.codes() != null) {
            translation.draft().hasIntegers(given.sources().getFirst(), rows.integers(bias));
        }
        return given;
    }

    /** One value a row, spread from what is stored; null for none. */
    private static double[] bias(OnnxNode node, Constant constant, int rows, float factor) throws ImportException {
        if (constant == null) {
            return null;
        }
        boolean fits = constant.size() == 1 || constant.size() == rows && constant.shape()[constant.rank() - 1] == rows;
        if (!fits) {
            throw node.fault(
                    "input 2",
                    "has shape " + constant.extents() + "; it must be [" + rows + "], one value for each output");
        }
        double[] values = constant.exact();
        double[] bias = new double[rows];
        for (int r = 0; r < rows; r++) {
            bias[r] = factor * values[values.length == 1 ? 0 : r];
        }
        return bias;
    }

    static Tensor floats(double[] values) {
        if (values == null) {
            return null;
        }
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return Tensor.of(floats, floats.length);
    }
}
