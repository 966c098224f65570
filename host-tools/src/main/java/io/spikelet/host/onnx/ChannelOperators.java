package io.spikelet.host.onnx;

import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.onnx.Activation.ValueRange;
import java.util.Arrays;

/** What multiplies and adds a number a channel, and what adds up activations. */
final class ChannelOperators {
    /** The most nodes whose outputs one sum adds up. */
    private static final int MOST_SUMMANDS = 1024;

    private ChannelOperators() {}

    static Activation batchNormalisation(OnnxNode node, Translation translation) throws ImportException {
        Activation read = translation.activation(node, 0);
        if (node.integer("training_mode", 0) != 0 || node.outputs().size() > 1 && node.has("training_mode")) {
            throw node.fault("training_mode", "is on; export the model for inference");
        }
        int channels = read.shape().channels();
        if (read.rank() < 2 || read.extents()[1] != channels || channels > 1 && read.axes()[1] != Activation.CHANNEL) {
            throw node.fault("takes channels as its second dimension but " + read.text() + " reaches it in another"
                    + " order; transpose to channels first before it");
        }
        double[][] fields = new double[4][];
        for (int k = 0; k < fields.length; k++) {
            Constant field = translation.constant(node, k + 1);
            if (field.size() != channels) {
                throw node.fault(
                        "input " + (k + 1),
                        "has shape " + field.extents() + "; it must be [" + channels + "], one value for each channel");
            }
            fields[k] = field.exact();
        }
        double epsilon = node.real("epsilon", 1e-5f);
        double[] factor = new double[channels];
        double[] offset = new double[channels];
        for (int c = 0; c < channels; c++) {
            if (!(fields[3][c] + epsilon > 0)) {
                throw node.fault("input 4", "holds a variance of " + fields[3][c] + "; it must be 0 or more");
            }
            factor[c] = fields[0][c] / Math.sqrt(fields[3][c] + epsilon);
            offset[c] = fields[1][c] - fields[2][c] * factor[c];
        }
        return line(node, translation, read, factor, offset);
    }

    /** {@code Add}, {@code Sub}, {@code Mul}, {@code Div} and {@code Sum}. */
    static Activation arithmetic(OnnxNode node, Translation translation) throws ImportException {
        boolean isSum = node.kind().equals("Add") || node.kind().equals("Sum");
        int activations = 0;
        for (int k = 0; k < node.inputs().size(); k++) {
            activations += translation.isActivation(node.input(k)) ? 1 : 0;
        }
        if (activations == node.inputs().size()) {
            if (!isSum && activations > 1) {
                throw node.fault("combines two tensors that depend on the input; only sums of those are supported");
            }
            return sum(node, translation);
        }
        if (node.inputs().size() != 2) {
            throw node.fault("adds up tensors and constants at once; use Add nodes");
        }
        boolean constantFirst = !translation.isActivation(node.input(0));
        if (constantFirst && node.kind().equals("Div")) {
            throw node.fault("divides by a tensor that depends on the input, which is not supported");
        }
        Activation read = translation.activation(node, constantFirst ? 1 : 0);
        Constant constant = translation.constant(node, constantFirst ? 0 : 1);
        double[] values = channels(node, read, constant);
        double[] factor = new double[values.length];
        double[] offset = new double[values.length];
        Arrays.fill(factor, 1);
        for (int c = 0; c < values.length; c++) {
            switch (node.kind()) {
                case "Mul" -> factor[c] = values[c];
                case "Div" -> factor[c] = 1 / values[c];
                case "Sub" -> {
                    factor[c] = constantFirst ? -1 : 1;
                    offset[c] = constantFirst ? values[c] : -values[c];
                }
                default -> offset[c] = values[c];
            }
            if (!Double.isFinite(factor[c])) {
                throw node.fault("divides by 0");
            }
        }
        return line(node, translation, read, factor, offset);
    }

    private static Activation sum(OnnxNode node, Translation translation) throws ImportException {
        Activation sum = translation.activation(node, 0);
        for (int k = 1; k < node.inputs().size(); k++) {
            Activation other = translation.activation(node, k);
            if (!sum.liesLike(other)) {
                throw node.fault("adds up " + sum.text() + " and " + other.text()
                        + ", which differ in shape or order; only tensors of the same shape are added up");
            }
            sum = sum.plus(other);
            if (sum.sources().size() > MOST_SUMMANDS) {
                throw node.fault("adds up the outputs of more than " + MOST_SUMMANDS + " nodes");
            }
        }
        return sum;
    }

    /** A constant that is broadcast to an activation, as one value a channel. */
    private static double[] channels(OnnxNode node, Activation read, Constant constant) throws ImportException {
        int channels = read.shape().channels();
        double[] values = constant.exact();
        double[] spread = new double[channels];
        if (values.length == 1 && constant.rank() <= read.rank()) {
            Arrays.fill(spread, values[0]);
            return spread;
        }
        int axis = read.rank();
        for (int d = 0; d < constant.rank(); d++) {
            if (constant.shape()[d] > 1) {
                axis = read.rank() - constant.rank() + d;
            }
        }
        boolean fits = constant.rank() <= read.rank()
                && axis < read.rank()
                && values.length == channels
                && read.extents()[axis] == channels
                && read.axes()[axis] == Activation.CHANNEL;
        if (!fits) {
            throw node.fault("combines " + read.text() + " with a constant of shape " + constant.extents()
                    + "; one number, or one for each channel, is supported");
        }
        int[] place = read.shape().area() == 1 ? read.graphIndices() : null;
        for (int c = 0; c < channels; c++) {
            spread[place == null ? c : place[c]] = values[c];
        }
        return spread;
    }

    /** Adds a line a channel as a convolution of one value, to be folded into weights before it where there are any. */
    private static Activation line(
            OnnxNode node, Translation translation, Activation read, double[] factor, double[] offset)
            throws ImportException {
        int channels = factor.length;
        int[] one = {1, 1};
        Node.Conv2d made = new Node.Conv2d(
                new Tensor(LinearOperators.floats(factor).values(), new int[] {channels, 1, 1, 1}),
                Arrays.stream(offset).allMatch(value -> value == 0) ? null : LinearOperators.floats(offset),
                one,
                new int[] {0, 0},
                one,
                channels,
                null);
        String name = translation.draft().add(node.name(), made, read);
        translation.draft().isLine(name, new GraphDraft.ChannelLine(factor, offset));
        return read.from(name, ValueRange.ANY);
    }
}
