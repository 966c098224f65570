package io.spikelet.host.onnx;

import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.onnx.Activation.ValueRange;
import io.spikelet.model.Shape;
import java.util.Arrays;

/** Pools over windows and over whole planes. */
final class PoolOperators {
    private PoolOperators() {}

    /** {@code MaxPool} and {@code AveragePool}, and what is like them. */
    static Activation windows(OnnxNode node, Translation translation) throws ImportException {
        return windows(node, translation, node.kind().equals("MaxPool"));
    }

    static Activation windows(OnnxNode node, Translation translation, boolean isMaximum) throws ImportException {
        Activation read = translation.padded(node, 0);
        int spatial = node.integers("kernel_shape").length;
        if (spatial < 1 || spatial > 2) {
            throw node.fault("kernel_shape", "has " + spatial + " dimensions; 1 or 2 are supported");
        }
        read = LinearOperators.planes(node, translation, read, spatial);
        Window[] windows = Window.of(node, read, spatial, node.extents("kernel_shape", spatial, 1));
        boolean countsZeros = node.integer("count_include_pad", 0) != 0;
        int[] counted = {0, 0, 0, 0};
        for (int axis = 0; axis < 2; axis++) {
            if (windows[axis].dilation() != 1) {
                throw node.fault("dilations", "are above 1, which is not supported in pools");
            }
            counted[2 * axis] = countsZeros ? windows[axis].begin() : read.zeros()[2 * axis];
            counted[2 * axis + 1] = countsZeros ? windows[axis].end() : read.zeros()[2 * axis + 1];
            if (node.integer("ceil_mode", 0) != 0) {
                windows[axis] = windows[axis].roundedUp();
            }
            if (!windows[axis].isEven()) {
                throw node.fault(
                        "pads",
                        "are " + windows[axis].begin() + " and " + windows[axis].end()
                                + " along one dimension, and pools here are padded alike on both sides; "
                                + windows[axis].remedy());
            }
        }
        if (isMaximum && read.isPadded() && !read.range().isNonNegative()) {
            throw node.fault("takes the largest of padded values that may be below 0; put the Pad behind a Relu");
        }
        int[] kernel = {windows[0].kernel(), windows[1].kernel()};
        int[] stride = {windows[0].stride(), windows[1].stride()};
        int[] padding = {windows[0].padding(), windows[1].padding()};
        if (padding[0] >= kernel[0] && padding[0] > 0 || padding[1] >= kernel[1] && padding[1] > 0) {
            throw node.fault("pads", "are as large as the window, which is not supported; pad less");
        }
        Shape out = Translation.shape(node, read.shape().channels(), windows[0].count(), windows[1].count());
        Node made =
                isMaximum ? new Node.MaxPool2d(kernel, stride, padding) : new Node.AvgPool2d(kernel, stride, padding);
        Activation given = translation.layer(node, made, read, out, spatial + 2, read.range());
        return isMaximum ? given : corrected(node, translation, given, windows, counted);
    }

    /** A mean over all values of the window, turned into one over those that count. */
    private static Activation corrected(
            OnnxNode node, Translation translation, Activation given, Window[] windows, int[] counted)
            throws ImportException {
        Shape shape = given.shape();
        float[] factors = new float[shape.size()];
        float size = windows[0].kernel() * windows[1].kernel();
        boolean differs = false;
        for (int i = 0; i < factors.length; i++) {
            int place = i % shape.area();
            int rows = windows[0].counted(place / shape.width(), counted[0], counted[1]);
            int columns = windows[1].counted(place % shape.width(), counted[2], counted[3]);
            if (rows < 1 || columns < 1) {
                throw node.fault("pads", "leave a window without any value; pad less");
            }
            factors[i] = size / (rows * columns);
            differs |= factors[i] != 1;
        }
        if (!differs) {
            return given;
        }
        Tensor scale = Tensor.of(factors, shape.channels(), shape.height(), shape.width());
        String name = translation.draft().add(node.name() + " borders", new Node.Scale(scale), given);
        return given.from(name, given.range());
    }

    static Activation global(OnnxNode node, Translation translation) throws ImportException {
        Activation read = translation.activation(node, 0);
        if (read.rank() < 3 || read.rank() > 4 || !read.isPlanes(read.rank() - 2)) {
            throw node.fault("takes [1, channels, length] or [1, channels, height, width] but " + read.text()
                    + " reaches it; transpose to channels first before it");
        }
        Activation given = whole(node, translation, read, node.kind().equals("GlobalMaxPool"));
        return given.laidOut(
                read.rank() == 3 ? new int[] {1, given.shape().channels(), 1} : given.extents(),
                read.rank() == 3 ? new int[] {Activation.NONE, Activation.CHANNEL, Activation.WIDTH} : given.axes());
    }

    /** {@code ReduceMean} and {@code ReduceMax} over whole planes. */
    static Activation reduce(OnnxNode node, Translation translation) throws ImportException {
        Activation read = translation.activation(node, 0);
        boolean[] reduced = ShapeOperators.axes(node, translation, read.rank());
        for (int d = 0; d < reduced.length; d++) {
            boolean isPlane = read.axes()[d] == Activation.HEIGHT || read.axes()[d] == Activation.WIDTH;
            if (read.extents()[d] > 1 && isPlane != reduced[d]) {
                throw node.fault(
                        "axes", "must be the height and width of " + read.text() + ", all of both and nothing else");
            }
        }
        Activation given = whole(node, translation, read, node.kind().equals("ReduceMax"));
        boolean keeps = node.integer("keepdims", 1) != 0;
        int[] extents = new int[read.rank()];
        int[] axes = new int[read.rank()];
        int kept = 0;
        for (int d = 0; d < reduced.length; d++) {
            if (keeps || !reduced[d]) {
                extents[kept] = reduced[d] ? 1 : read.extents()[d];
                axes[kept++] = reduced[d] ? Activation.NONE : read.axes()[d];
            }
        }
        return given.laidOut(Arrays.copyOf(extents, kept), Arrays.copyOf(axes, kept));
    }

    private static Activation whole(OnnxNode node, Translation translation, Activation read, boolean isMaximum)
            throws ImportException {
        int[] kernel = {read.shape().height(), read.shape().width()};
        int[] none = {0, 0};
        Node made = isMaximum ? new Node.MaxPool2d(kernel, kernel, none) : new Node.AvgPool2d(kernel, kernel, none);
        Shape out = Translation.shape(node, read.shape().channels(), 1, 1);
        ValueRange range = read.range();
        return translation.layer(node, made, read, out, 4, range);
    }
}
