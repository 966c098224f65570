package io.spikelet.host.nir;

import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.hdf5.NodeFields;
import java.util.Arrays;
import java.util.List;

/** Turns one node's fields into a {@link Node}. Defaults are NIR's own: reset 0, leak 0, input weight 1. */
final class NodeReader {
    private static final String SUPPORTED =
            "Input, Output, Affine, Linear, Conv1d, Conv2d, SumPool2d, AvgPool2d, Flatten, Scale, Delay, Threshold, I,"
                    + " LI, CubaLI, IF, LIF, CubaLIF and NIRGraph";

    private NodeReader() {}

    /** @param linesOnly whether planes are lines here, [channels, length]: the graph has convolutions of one dimension */
    static NestedGraph.Leaf read(NodeFields fields, String name, boolean linesOnly, List<String> warnings)
            throws ImportException {
        String type = fields.string("type");
        int[] declaredInput =
                type.equals("Flatten") && fields.has("input_type") ? fields.integers("input_type", 8) : null;
        Node node = switch (type) {
            case "Input" -> new Node.Input(inputShape(fields, name, linesOnly, warnings));
            case "Output" -> new Node.Output(outputShape(fields, linesOnly));
            case "Affine" -> new Node.Affine(matrix(fields), fields.tensor("bias"));
            case "Linear" -> new Node.Affine(matrix(fields), null);
            case "Conv1d" -> lineConvolution(fields);
            case "Conv2d" -> convolution(fields);
            case "SumPool2d" ->
                new Node.SumPool2d(fields.pair("kernel_size"), fields.pair("stride"), fields.pair("padding"));
            case "AvgPool2d" ->
                new Node.AvgPool2d(fields.pair("kernel_size"), fields.pair("stride"), fields.pair("padding"));
            case "Threshold" -> new Node.Threshold(fields.tensor("threshold"));
            case "Scale" -> new Node.Scale(fields.tensor("scale"));
            case "Delay" -> new Node.Delay(fields.tensor("delay"));
            case "Flatten" -> linesOnly ? lineFlatten(fields, declaredInput) : flatten(fields);
            case "I" -> new Node.I(fields.tensor("r"));
            case "LI" -> new Node.Li(fields.positive("tau"), fields.tensor("r"), leak(fields));
            case "CubaLI" ->
                new Node.CubaLi(
                        fields.positive("tau_syn"),
                        fields.positive("tau_mem"),
                        fields.tensor("r"),
                        leak(fields),
                        fields.tensorOr("w_in", 1));
            case "IF" -> new Node.If(fields.tensor("r"), fields.tensor("v_threshold"), reset(fields));
            case "LIF" ->
                new Node.Lif(
                        fields.positive("tau"),
                        fields.tensor("r"),
                        leak(fields),
                        fields.tensor("v_threshold"),
                        reset(fields));
            case "CubaLIF" ->
                new Node.CubaLif(
                        fields.positive("tau_syn"),
                        fields.positive("tau_mem"),
                        fields.tensor("r"),
                        leak(fields),
                        fields.tensorOr("w_in", 1),
                        fields.tensor("v_threshold"),
                        reset(fields));
            default ->
                throw fields.fault(
                        "type", "is '" + type + "', which is not supported; build the model from " + SUPPORTED);
        };
        return new NestedGraph.Leaf(node, declaredInput);
    }

    private static Tensor reset(NodeFields fields) throws ImportException {
        return fields.tensorOr("v_reset", 0);
    }

    private static Tensor leak(NodeFields fields) throws ImportException {
        return fields.tensorOr("v_leak", 0);
    }

    private static Node.Flatten flatten(NodeFields fields) throws ImportException {
        return new Node.Flatten(fields.integer("start_dim"), fields.integer("end_dim"));
    }

    /** A line is a plane of height 1, so its second dimension is the third; one channel is taken for a batch. */
    private static Node.Flatten lineFlatten(NodeFields fields, int[] declaredInput) throws ImportException {
        int[] dimensions = {fields.integer("start_dim"), fields.integer("end_dim")};
        for (int k = 0; k < 2; k++) {
            int dimension = dimensions[k] < 0 ? dimensions[k] + 2 : dimensions[k];
            if (dimension < 0 || dimension > 1) {
                throw fields.fault(
                        k == 0 ? "start_dim" : "end_dim",
                        "is " + dimensions[k] + "; what convolutions of one dimension give has the dimensions 0 and 1");
            }
            dimensions[k] = 2 * dimension;
        }
        boolean oneRow = declaredInput != null && declaredInput.length == 2 && declaredInput[0] == 1;
        return new Node.Flatten(oneRow ? 0 : dimensions[0], dimensions[1]);
    }

    private static int[] outputShape(NodeFields fields, boolean linesOnly) throws ImportException {
        int[] shape = fields.integers("shape", 8);
        if (shape.length == 2 && shape[0] != 1) {
            requireLines(fields, shape, linesOnly);
        }
        return shape;
    }

    private static void requireLines(NodeFields fields, int[] shape, boolean linesOnly) throws ImportException {
        if (!linesOnly) {
            throw fields.fault(
                    "shape",
                    "is " + Arrays.toString(shape) + "; give [n] or [channels, height, width] without a batch or time"
                            + " dimension ([channels, length] is for graphs with Conv1d nodes)");
        }
    }

    /** The declared shape; a leading 1 that can only be a batch dimension is taken off. */
    private static int[] inputShape(NodeFields fields, String name, boolean linesOnly, List<String> warnings)
            throws ImportException {
        int[] shape = fields.integers("shape", 8);
        if ((shape.length == (linesOnly ? 3 : 2) || shape.length == 4) && shape[0] == 1) {
            warnings.add("node '" + name + "': the leading 1 of shape " + Arrays.toString(shape)
                    + " was taken for a batch dimension and dropped");
            return Arrays.copyOfRange(shape, 1, shape.length);
        }
        if (shape.length == 2) {
            requireLines(fields, shape, linesOnly);
        }
        return shape;
    }

    /** {@code weight} as (out, in); leading dimensions of one are a batch. */
    private static Tensor matrix(NodeFields fields) throws ImportException {
        Tensor weight = fields.tensor("weight");
        int[] shape = weight.shape();
        for (int d = 0; d < shape.length - 2; d++) {
            if (shape[d] != 1) {
                throw fields.fault(
                        "weight",
                        "has shape " + Arrays.toString(shape)
                                + "; batches of matrices are not supported, give [out, in]");
            }
        }
        return shape.length <= 2
                ? weight
                : new Tensor(weight.values(), Arrays.copyOfRange(shape, shape.length - 2, shape.length));
    }

    private static Node.Conv2d convolution(NodeFields fields) throws ImportException {
        Tensor weight = fields.tensor("weight");
        if (weight.rank() != 4 || weight.size() == 0) {
            throw fields.fault(
                    "weight",
                    "has shape " + Arrays.toString(weight.shape()) + "; it must be [out, in/groups, height, width]");
        }
        int[] stride = fields.pair("stride");
        int[] dilation = fields.pair("dilation");
        int[] kernel = {weight.shape()[2], weight.shape()[3]};
        int[] padding =
                fields.isText("padding") ? namedPadding(fields, kernel, stride, dilation) : fields.pair("padding");
        int[] inputShape = fields.has("input_shape") ? fields.pair("input_shape") : null;
        return new Node.Conv2d(
                weight, rowBias(fields), stride, padding, dilation, fields.integer("groups"), inputShape);
    }

    /** One value a filter, as NIR has it. */
    private static Tensor rowBias(NodeFields fields) throws ImportException {
        Tensor bias = fields.tensor("bias");
        if (bias.rank() != 1) {
            throw fields.fault(
                    "bias",
                    "has shape " + Arrays.toString(bias.shape())
                            + "; it must be [out], one value for each row of weight");
        }
        return bias;
    }

    /** A convolution over lines is one over planes of height 1. */
    private static Node.Conv2d lineConvolution(NodeFields fields) throws ImportException {
        Tensor weight = fields.tensor("weight");
        int[] shape = weight.shape();
        if (weight.rank() != 3 || weight.size() == 0) {
            throw fields.fault(
                    "weight", "has shape " + Arrays.toString(shape) + "; it must be [out, in/groups, length]");
        }
        int[] kernel = {1, shape[2]};
        int[] stride = {1, fields.integer("stride")};
        int[] dilation = {1, fields.integer("dilation")};
        int[] padding = fields.isText("padding")
                ? namedPadding(fields, kernel, stride, dilation)
                : new int[] {0, fields.integer("padding")};
        int[] inputShape = fields.has("input_shape") ? new int[] {1, fields.integer("input_shape")} : null;
        return new Node.Conv2d(
                new Tensor(weight.values(), new int[] {shape[0], shape[1], 1, shape[2]}),
                rowBias(fields),
                stride,
                padding,
                dilation,
                fields.integer("groups"),
                inputShape);
    }

    private static int[] namedPadding(NodeFields fields, int[] kernel, int[] stride, int[] dilation)
            throws ImportException {
        String word = fields.string("padding");
        if (word.equals("valid")) {
            return new int[] {0, 0};
        }
        if (!word.equals("same")) {
            throw fields.fault("padding", "is '" + word + "'; give numbers, 'same' or 'valid'");
        }
        int[] padding = new int[2];
        for (int axis = 0; axis < 2; axis++) {
            int reach = dilation[axis] * (kernel[axis] - 1);
            if (stride[axis] != 1 || reach % 2 != 0) {
                throw fields.fault(
                        "padding",
                        "is 'same' with a stride above 1 or an even kernel, where it is not the"
                                + " same on both sides; give it in numbers");
            }
            padding[axis] = reach / 2;
        }
        return padding;
    }
}
