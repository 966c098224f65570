package io.spikelet.host.lava;

import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.Tensor;
import io.spikelet.host.hdf5.NodeFields;
import io.spikelet.model.Shape;
import java.util.Arrays;

/** Reads the weights of a block and how they lie over planes. */
final class SynapseReader {
    private static final int[] ONES = {1, 1};

    /** The most kernel rows, strides and paddings: as many as a plane can have rows. */
    private static final int MAX_EXTENT = 1 << 12;

    private SynapseReader() {}

    /**
     * Weights that slide over planes; pairs are {y, x}.
     *
     * @param channels of the source; 0 for as many as there are
     */
    record Window(LavaSynapse synapse, int channels, int[] kernel, int[] stride, int[] padding, int[] dilation) {
        /** What it makes of planes. */
        Shape targetOf(Shape from, NodeFields fields) throws ImportException {
            if (channels != 0 && channels != from.channels()) {
                throw fields.fault("weight", "takes " + channels + " channels but " + from + " reaches it");
            }
            int[] source = {from.height(), from.width()};
            int[] target = new int[2];
            for (int axis = 0; axis < 2; axis++) {
                int reach = dilation[axis] * (kernel[axis] - 1) + 1;
                target[axis] = Math.floorDiv(source[axis] + 2 * padding[axis] - reach, stride[axis]) + 1;
                boolean leavesRows = synapse instanceof LavaSynapse.Pool && source[axis] % kernel[axis] != 0;
                if (target[axis] < 1 || leavesRows) {
                    throw fields.fault(
                            "kernelSize",
                            "is " + Arrays.toString(kernel) + ", which does not divide " + from + " into windows");
                }
            }
            int gives = synapse instanceof LavaSynapse.Conv conv ? conv.outChannels() : from.channels();
            if ((long) gives * target[0] * target[1] > Shape.MAX_SIZE) {
                throw fields.fault(
                        "weight",
                        "makes " + gives + "x" + target[0] + "x" + target[1] + " values; a layer holds 1 to "
                                + Shape.MAX_SIZE);
            }
            return new Shape(gives, target[0], target[1]);
        }

        /** The planes that it makes others of, where nothing else says them. */
        Shape sourceOf(Shape target, NodeFields fields) throws ImportException {
            int[] gives = {target.height(), target.width()};
            int[] source = new int[2];
            for (int axis = 0; axis < 2; axis++) {
                if (stride[axis] != 1 && !(synapse instanceof LavaSynapse.Pool)) {
                    throw fields.fault(
                            "stride",
                            "is above 1 in the first block, so that nothing tells the extent of the input; export the"
                                    + " network with an input block");
                }
                source[axis] =
                        (gives[axis] - 1) * stride[axis] + dilation[axis] * (kernel[axis] - 1) + 1 - 2 * padding[axis];
            }
            int takes = channels == 0 ? target.channels() : channels;
            long size = (long) takes * Math.max(0, source[0]) * Math.max(0, source[1]);
            if (size < 1 || size > Shape.MAX_SIZE) {
                throw fields.fault("kernelSize", "is " + Arrays.toString(kernel) + ", which cannot make " + target);
            }
            return new Shape(takes, source[0], source[1]);
        }
    }

    /** @param outputs by the block's shape; a list of weights without rows is cut into as many */
    static LavaSynapse.Dense dense(NodeFields fields, int outputs) throws ImportException {
        Tensor weight = fields.tensor("weight");
        int[] shape = weight.shape();
        boolean isList = shape.length == 1 && weight.size() > 0 && weight.size() % outputs == 0;
        if (!isList && (shape.length != 2 || weight.size() == 0)) {
            throw fields.fault("weight", "has shape " + Arrays.toString(shape) + "; it must be [out, in]");
        }
        int rows = isList ? outputs : shape[0];
        requireSame(fields, "outFeatures", rows);
        requireSame(fields, "inFeatures", weight.size() / rows);
        return new LavaSynapse.Dense(rows, weight.size() / rows, whole(fields, weight));
    }

    static Window conv(NodeFields fields) throws ImportException {
        Tensor weight = fields.tensor("weight");
        int[] shape = weight.shape();
        boolean hasTime = shape.length == 5 && shape[4] == 1;
        if (shape.length != 4 && !hasTime || weight.size() == 0) {
            throw fields.fault(
                    "weight", "has shape " + Arrays.toString(shape) + "; it must be [out, in/groups, height, width]");
        }
        int groups = fields.has("groups") ? fields.integer("groups") : 1;
        if (groups < 1 || shape[0] % groups != 0) {
            throw fields.fault("groups", "is " + groups + ", which does not divide the " + shape[0] + " filters");
        }
        int inChannels = Math.multiplyExact(shape[1], groups);
        requireSame(fields, "outChannels", shape[0]);
        requireSame(fields, "inChannels", inChannels);
        int[] kernel = {shape[2], shape[3]};
        if (fields.has("kernelSize") && !Arrays.equals(pair(fields, "kernelSize", ONES, 1), kernel)) {
            throw fields.fault("kernelSize", "is not " + Arrays.toString(kernel) + ", the extent of the weights");
        }
        int[] stride = pair(fields, "stride", ONES, 1);
        int[] padding = pair(fields, "padding", new int[2], 0);
        int[] dilation = pair(fields, "dilation", ONES, 1);
        LavaSynapse synapse = new LavaSynapse.Conv(
                shape[0], inChannels, kernel, stride, padding, dilation, groups, whole(fields, weight));
        return new Window(synapse, inChannels, kernel, stride, padding, dilation);
    }

    /** SLAYER lays all channels under each other and slides over them, so only windows side by side stay within one. */
    static Window pool(NodeFields fields) throws ImportException {
        int[] kernel = pair(fields, "kernelSize", ONES, 1);
        int[] stride = pair(fields, "stride", kernel, 1);
        if (!Arrays.equals(stride, kernel)) {
            throw fields.fault(
                    "stride",
                    "is " + Arrays.toString(stride) + "; pools need windows side by side, of the kernel's stride");
        }
        if (!Arrays.equals(pair(fields, "padding", new int[2], 0), new int[2])) {
            throw fields.fault("padding", "is not 0, which moves windows across channels; pool without padding");
        }
        if (!Arrays.equals(pair(fields, "dilation", ONES, 1), ONES)) {
            throw fields.fault("dilation", "is not 1, which moves windows across channels; pool without dilation");
        }
        int[] weights = whole(fields, fields.tensor("weight"));
        for (int weight : weights) {
            if (weight != weights[0]) {
                throw fields.fault("weight", "holds " + weights[0] + " and " + weight + "; a pool has one weight");
            }
        }
        if (weights.length != 1 && weights.length != (long) kernel[0] * kernel[1]) {
            throw fields.fault(
                    "weight", "holds " + weights.length + " values for a window of " + Arrays.toString(kernel));
        }
        return new Window(new LavaSynapse.Pool(kernel, weights[0]), 0, kernel, kernel, new int[2], ONES);
    }

    private static void requireSame(NodeFields fields, String field, int extent) throws ImportException {
        if (fields.has(field) && fields.integer(field) != extent) {
            throw fields.fault(field, "is " + fields.integer(field) + " but the weights have " + extent);
        }
    }

    private static int[] pair(NodeFields fields, String field, int[] fallback, int least) throws ImportException {
        if (!fields.has(field)) {
            return fallback;
        }
        int[] pair = fields.pair(field);
        for (int value : pair) {
            if (value < least || value > MAX_EXTENT) {
                throw fields.fault(field, "is " + value + "; it must be " + least + ".." + MAX_EXTENT);
            }
        }
        return pair;
    }

    private static int[] whole(NodeFields fields, Tensor weight) throws ImportException {
        int[] whole = new int[weight.size()];
        for (int i = 0; i < whole.length; i++) {
            float value = weight.values()[i];
            whole[i] = (int) value;
            if (whole[i] != value || Math.abs(value) > WeightPlanes.MAX_WEIGHT) {
                throw fields.fault(
                        "weight",
                        "holds " + value + " at index " + i
                                + "; weights must be whole numbers up to ±" + WeightPlanes.MAX_WEIGHT
                                + ", export the network in the integers of the chip");
            }
        }
        return whole;
    }
}
