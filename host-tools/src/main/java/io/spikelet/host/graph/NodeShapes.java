package io.spikelet.host.graph;

import io.spikelet.model.Parameter;
import io.spikelet.model.Shape;
import java.util.Arrays;
import java.util.List;

/** The shape rule of each kind of node (docs/equations.md, D7). */
final class NodeShapes {
    private NodeShapes() {}

    static Shape output(String name, Node node, Shape in) {
        return switch (node) {
            case Node.Input input -> in;
            case Node.Output output -> in;
            case Node.Relu _, Node.FirstSpike _, Node.SpikeJoin _, Node.CurrentAdd _ -> in;
            case Node.TwoBranch neuron -> twoBranch(name, neuron, in);
            case Node.Affine affine -> affine(name, affine, in);
            case Node.Conv2d conv -> convolution(name, conv, in);
            case Node.Pool2d pool -> pool(name, pool, in);
            case Node.Flatten flatten -> flatten(name, flatten, in);
            case Node.Threshold fired -> elementwise(name, field("threshold", fired.threshold()), in);
            case Node.Scale scale -> elementwise(name, field("scale", scale.scale()), in);
            case Node.Delay delay -> elementwise(name, field("delay", delay.delay()), in);
            case Node.Integrator integrator -> output(name, integrator.withThreshold(Tensor.scalar(1)), in);
            case Node.If neuron ->
                neuron(
                        name,
                        in,
                        field("r", neuron.r()),
                        field("v_threshold", neuron.threshold()),
                        field("v_reset", neuron.reset()));
            case Node.BurstIf neuron -> neuron(name, in, field("v_threshold", neuron.threshold()));
            case Node.Lif neuron ->
                neuron(
                        name,
                        in,
                        field("tau", neuron.tau()),
                        field("r", neuron.r()),
                        field("v_leak", neuron.leak()),
                        field("v_threshold", neuron.threshold()),
                        field("v_reset", neuron.reset()));
            case Node.CubaLif neuron ->
                neuron(
                        name,
                        in,
                        field("tau_syn", neuron.tauSyn()),
                        field("tau_mem", neuron.tauMem()),
                        field("r", neuron.r()),
                        field("v_leak", neuron.leak()),
                        field("w_in", neuron.wIn()),
                        field("v_threshold", neuron.threshold()),
                        field("v_reset", neuron.reset()));
        };
    }

    /** The shape that an Input or Output node declares: {@code [n]}, {@code [channels, length]} or {@code [channels, height, width]}. */
    static Shape declared(String name, int[] extents) {
        return switch (extents.length) {
            case 1 -> checked(name, "shape", extents[0], 1, 1);
            case 2 -> checked(name, "shape", extents[0], 1, extents[1]);
            case 3 -> checked(name, "shape", extents[0], extents[1], extents[2]);
            default ->
                throw fault(
                        name,
                        "shape",
                        "is " + GraphShapes.text(extents)
                                + "; give [n], [channels, length] or [channels, height, width] without a batch"
                                + " dimension");
        };
    }

    static void verifyOutput(String name, Node.Output output, Shape in) {
        Shape declared = declared(name, output.shape());
        if (!declared.equals(in)) {
            throw fault(name, "shape", "declares " + declared + " but " + in + " reaches it; correct the shape");
        }
    }

    private static Shape affine(String name, Node.Affine affine, Shape in) {
        int[] weight = affine.weight().shape();
        if (weight.length != 2) {
            throw fault(name, "weight", "has shape " + GraphShapes.text(weight) + "; it must be [out, in]");
        }
        if (in.area() != 1) {
            throw fault(name, "weight", "takes a vector but " + in + " reaches it; put a Flatten node before it");
        }
        if (weight[1] != in.channels()) {
            throw fault(
                    name,
                    "weight",
                    "takes " + weight[1] + " inputs but " + in + " values reach it; connect layers whose sizes agree");
        }
        verifyBias(name, affine.bias(), weight[0]);
        return checked(name, "weight", weight[0], 1, 1);
    }

    private static Shape convolution(String name, Node.Conv2d conv, Shape in) {
        int[] weight = conv.weight().shape();
        if (weight.length != 4) {
            throw fault(
                    name,
                    "weight",
                    "has shape " + GraphShapes.text(weight) + "; it must be [out, in/groups, height, width]");
        }
        if (conv.groups() < 1 || weight[0] % conv.groups() != 0) {
            throw fault(name, "groups", "is " + conv.groups() + "; it must divide the " + weight[0] + " filters");
        }
        if ((long) weight[1] * conv.groups() != in.channels()) {
            throw fault(
                    name,
                    "weight",
                    "takes " + (long) weight[1] * conv.groups() + " channels but " + in
                            + " reaches it; connect layers whose channels agree");
        }
        int[] space = conv.inputShape();
        if (space != null && (space.length != 2 || space[0] != in.height() || space[1] != in.width())) {
            throw fault(
                    name,
                    "input_shape",
                    "says " + GraphShapes.text(space) + " but " + in
                            + " reaches it; it must be the height and width of what arrives");
        }
        Shape out = checked(
                name,
                "weight",
                weight[0],
                windows(name, in, 0, weight[2], conv.stride(), conv.padding(), conv.dilation()),
                windows(name, in, 1, weight[3], conv.stride(), conv.padding(), conv.dilation()));
        int[] perNeuron = {out.channels(), out.height(), out.width()};
        if (conv.bias() == null || !Arrays.equals(conv.bias().shape(), perNeuron)) {
            verifyBias(name, conv.bias(), weight[0]);
        }
        return out;
    }

    private static Shape pool(String name, Node.Pool2d pool, Shape in) {
        int[] dense = {1, 1};
        return checked(
                name,
                "padding",
                in.channels(),
                windows(name, in, 0, pool.kernelSize()[0], pool.stride(), pool.padding(), dense),
                windows(name, in, 1, pool.kernelSize()[1], pool.stride(), pool.padding(), dense));
    }

    private static Shape flatten(String name, Node.Flatten flatten, Shape in) {
        int[] extents = {in.channels(), in.height(), in.width()};
        int start = flatten.startDim() < 0 ? flatten.startDim() + 3 : flatten.startDim();
        int end = flatten.endDim() < 0 ? flatten.endDim() + 3 : flatten.endDim();
        if (start < 0 || start > end || end > 2) {
            throw fault(
                    name,
                    "start_dim",
                    "and end_dim are " + flatten.startDim() + " and " + flatten.endDim()
                            + "; they must name a range of the dimensions 0..2");
        }
        int joined = 1;
        for (int d = start; d <= end; d++) {
            joined *= extents[d];
        }
        if (start == 0) {
            return end == 2
                    ? Shape.vector(joined)
                    : new Shape(joined, end == 0 ? in.height() : in.width(), end == 0 ? in.width() : 1);
        }
        if (start == 2) {
            return in;
        }
        // One row is a vector: an exporter that took the channel for a batch writes start_dim 1.
        int rest = end == 2 ? 1 : in.width();
        return in.channels() == 1 && rest == 1 ? Shape.vector(joined) : new Shape(in.channels(), joined, rest);
    }

    private static Shape elementwise(String name, Field field, Shape in) {
        int[] extents = field.values().shape();
        boolean onesBehind = extents.length == 3 && extents[1] == 1 && extents[2] == 1
                || extents.length == 2 && extents[1] == 1 && in.height() == 1;
        boolean isPerChannel = onesBehind && extents[0] == in.channels();
        return isPerChannel ? in : neuron(name, in, field);
    }

    private static Shape twoBranch(String name, Node.TwoBranch neuron, Shape in) {
        for (Field field : List.of(
                field("a0", neuron.a0()),
                field("b0", neuron.b0()),
                field("a1", neuron.a1()),
                field("b1", neuron.b1()),
                field("gain", neuron.gain()),
                field("offset", neuron.offset()),
                field("threshold", neuron.threshold()),
                field("initial", neuron.initial()))) {
            int[] extents = field.values().shape();
            if (!Parameter.fits(extents[extents.length - 1], in)) {
                throw fault(
                        name,
                        field.name(),
                        "has " + extents[extents.length - 1] + " values but " + in
                                + " reaches the node; give one value, one a channel or one a neuron");
            }
        }
        if (neuron.attention() != null && neuron.attention().channels() != in.channels()) {
            throw fault(
                    name,
                    "attention.spatial",
                    "weighs " + neuron.attention().channels() + " channels but " + in
                            + " reaches the node; give one value a channel");
        }
        return in;
    }

    private record Field(String name, Tensor values) {}

    private static Field field(String name, Tensor values) {
        return new Field(name, values);
    }

    private static Shape neuron(String name, Shape in, Field... fields) {
        for (Field field : fields) {
            int[] extents = field.values().shape();
            boolean fits = field.values().size() == 1
                    || (extents.length == 1 && in.area() == 1 && extents[0] == in.channels())
                    || (extents.length == 2
                            && in.height() == 1
                            && extents[0] == in.channels()
                            && extents[1] == in.width())
                    || (extents.length == 3
                            && extents[0] == in.channels()
                            && extents[1] == in.height()
                            && extents[2] == in.width());
            if (!fits) {
                throw fault(
                        name,
                        field.name(),
                        "has shape " + GraphShapes.text(extents) + " but " + in
                                + " reaches the node; give one value, or one for each neuron in its shape");
            }
        }
        return in;
    }

    private static int windows(
            String name, Shape in, int axis, int kernel, int[] stride, int[] padding, int[] dilation) {
        int extent = axis == 0 ? in.height() : in.width();
        String word = axis == 0 ? "height" : "width";
        if (kernel < 1 || stride[axis] < 1 || padding[axis] < 0 || dilation[axis] < 1) {
            throw fault(
                    name,
                    "stride",
                    "is " + stride[axis] + " in " + word + ", with kernel " + kernel + ", padding " + padding[axis]
                            + " and dilation " + dilation[axis]
                            + "; kernel, stride and dilation are 1 or more, padding is 0 or more");
        }
        long room = extent + 2L * padding[axis] - (long) dilation[axis] * (kernel - 1L) - 1;
        if (room < 0 || room > Shape.MAX_SIZE) {
            throw fault(
                    name,
                    "kernel",
                    "of " + word + " " + kernel + " does not fit into shape " + in
                            + "; check kernel, padding and dilation");
        }
        return (int) (room / stride[axis]) + 1;
    }

    private static void verifyBias(String name, Tensor bias, int outputs) {
        if (bias != null && (bias.rank() != 1 || bias.size() != outputs)) {
            throw fault(
                    name,
                    "bias",
                    "has shape " + GraphShapes.text(bias.shape()) + "; it must be [" + outputs
                            + "], one value for each row of weight");
        }
    }

    private static Shape checked(String name, String field, int channels, int height, int width) {
        try {
            return new Shape(channels, height, width);
        } catch (IllegalArgumentException tooLarge) {
            throw fault(
                    name,
                    field,
                    "asks for " + channels + "x" + height + "x" + width + " values; a layer holds 1 to "
                            + Shape.MAX_SIZE);
        }
    }

    private static InvalidGraphException fault(String name, String field, String what) {
        return new InvalidGraphException("node '" + name + "', field '" + field + "': " + what);
    }
}
