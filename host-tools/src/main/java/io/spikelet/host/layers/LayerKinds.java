package io.spikelet.host.layers;

import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;
import io.spikelet.model.Join;
import io.spikelet.model.WeightKind;
import java.util.List;
import java.util.Optional;

/** What each kind of layer makes of its fields (docs/layer-file.md). */
final class LayerKinds {
    private static final String KNOWN = "affine, conv1d, conv2d, sum_pool, avg_pool, max_pool, flatten, scale, delay,"
            + " threshold, norm, neuron, glif, hoyer, if, lif, cubalif, i, li, cubali, add, and, iand, current-add";

    private LayerKinds() {}

    static Layer layer(LayerFields fields, String kind, List<String> from) throws ImportException {
        Layer.Part part = part(fields, kind, from.size());
        Optional<WeightKind> weights = weights(fields, kind);
        fields.requireAllRead();
        return new Layer(part, from, fields.tables(), weights);
    }

    private static Layer.Part part(LayerFields fields, String kind, int sources) throws ImportException {
        return switch (kind) {
            case "norm" -> new Layer.Normalised(Norm.of(fields));
            case "neuron" -> new Layer.Neurons(NeuronTables.plain(fields));
            case "glif" -> new Layer.Neurons(NeuronTables.gated(fields));
            case "hoyer" -> new Layer.Neurons(NeuronTables.oneStep(fields));
            default -> new Layer.Plain(node(fields, kind, sources));
        };
    }

    private static Node node(LayerFields fields, String kind, int sources) throws ImportException {
        return switch (kind) {
            case "affine" -> new Node.Affine(matrix(fields), bias(fields));
            case "conv1d" -> line(fields);
            case "conv2d" ->
                new Node.Conv2d(
                        ofRank(fields, 4),
                        bias(fields),
                        fields.pair("stride", 1),
                        fields.pair("padding", 0),
                        fields.pair("dilation", 1),
                        fields.whole("groups", 1),
                        null);
            case "sum_pool" -> {
                Window window = window(fields);
                yield new Node.SumPool2d(window.kernel(), window.stride(), window.padding());
            }
            case "avg_pool" -> {
                Window window = window(fields);
                yield new Node.AvgPool2d(window.kernel(), window.stride(), window.padding());
            }
            case "max_pool" -> {
                Window window = window(fields);
                yield new Node.MaxPool2d(window.kernel(), window.stride(), window.padding());
            }
            case "flatten" -> new Node.Flatten(0, -1);
            case "scale" -> new Node.Scale(fields.numberOrTensor("scale"));
            case "delay" -> new Node.Delay(fields.numberOrTensor("delay"));
            case "threshold" -> new Node.Threshold(fields.numberOrTensor("threshold"));
            case "add" -> joined(fields, sources, new Node.Flatten(0, 0), sources >= 2);
            case "and" -> joined(fields, sources, new Node.SpikeJoin(Join.Kind.AND), sources >= 2);
            case "iand" -> joined(fields, sources, new Node.SpikeJoin(Join.Kind.AND_NOT), sources == 2);
            case "if" -> new Node.If(r(fields), fields.numberOrTensor("v_threshold"), reset(fields));
            case "lif" ->
                new Node.Lif(
                        fields.numberOrTensor("tau"),
                        r(fields),
                        fields.numberOrTensor("v_leak", 0),
                        fields.numberOrTensor("v_threshold"),
                        reset(fields));
            case "cubalif" ->
                new Node.CubaLif(
                        fields.numberOrTensor("tau_syn"),
                        fields.numberOrTensor("tau_mem"),
                        r(fields),
                        fields.numberOrTensor("v_leak", 0),
                        fields.numberOrTensor("w_in", 1),
                        fields.numberOrTensor("v_threshold"),
                        reset(fields));
            case "i" -> new Node.I(r(fields));
            case "li" -> new Node.Li(fields.numberOrTensor("tau"), r(fields), fields.numberOrTensor("v_leak", 0));
            case "cubali" ->
                new Node.CubaLi(
                        fields.numberOrTensor("tau_syn"),
                        fields.numberOrTensor("tau_mem"),
                        r(fields),
                        fields.numberOrTensor("v_leak", 0),
                        fields.numberOrTensor("w_in", 1));
            case "current-add" -> new Node.CurrentAdd();
            default -> throw fields.fault("kind", "is '" + kind + "'; it is one of " + KNOWN);
        };
    }

    private static Tensor r(LayerFields fields) throws ImportException {
        return fields.numberOrTensor("r", 1);
    }

    private static Tensor reset(LayerFields fields) throws ImportException {
        return fields.numberOrTensor("v_reset", 0);
    }

    private static Tensor bias(LayerFields fields) throws ImportException {
        if (!fields.has("bias")) {
            return null;
        }
        Tensor bias = fields.tensor("bias");
        if (bias.rank() != 1) {
            throw fields.fault(
                    "bias", "has " + bias.rank() + " dimensions; it has one, a value for each row of weight");
        }
        return bias;
    }

    /** What is no matrix is told of when its shape is held to what reaches it. */
    private static Tensor matrix(LayerFields fields) throws ImportException {
        return fields.has("standardise") ? ofRank(fields, 2) : fields.tensor("weight");
    }

    private static Tensor ofRank(LayerFields fields, int rank) throws ImportException {
        Tensor weight = fields.tensor("weight");
        if (weight.rank() != rank) {
            throw fields.fault("weight", "has " + weight.rank() + " dimensions; its kind wants " + rank);
        }
        return WeightStandardisation.of(fields, weight);
    }

    /** A convolution over lines is one over planes of one row. */
    private static Node line(LayerFields fields) throws ImportException {
        Tensor weight = ofRank(fields, 3);
        int[] shape = weight.shape();
        return new Node.Conv2d(
                Tensor.of(weight.values(), shape[0], shape[1], 1, shape[2]),
                bias(fields),
                new int[] {1, fields.whole("stride", 1)},
                new int[] {0, fields.whole("padding", 0)},
                new int[] {1, fields.whole("dilation", 1)},
                fields.whole("groups", 1),
                null);
    }

    private record Window(int[] kernel, int[] stride, int[] padding) {}

    /** The stride is the kernel's where it is left out. */
    private static Window window(LayerFields fields) throws ImportException {
        fields.require("kernel");
        int[] kernel = fields.pair("kernel", 1);
        return new Window(kernel, fields.has("stride") ? fields.pair("stride", 1) : kernel, fields.pair("padding", 0));
    }

    private static Node joined(LayerFields fields, int sources, Node node, boolean fits) throws ImportException {
        if (!fits) {
            throw fields.fault("from", "names " + sources + " sources; add and and join two or more, iand exactly two");
        }
        return node;
    }

    private static Optional<WeightKind> weights(LayerFields fields, String kind) throws ImportException {
        boolean isWeighted = kind.equals("affine") || kind.startsWith("conv");
        if (!isWeighted || !fields.has("weights")) {
            return Optional.empty();
        }
        return Optional.of(
                switch (fields.word("weights", "")) {
                    case "int8" -> WeightKind.INT8;
                    case "int4" -> WeightKind.INT4;
                    case "ternary" -> WeightKind.TERNARY;
                    case "binary" -> WeightKind.BINARY;
                    case "log2" -> WeightKind.LOG2;
                    default -> throw fields.fault("weights", "must be int8, int4, ternary, binary or log2");
                });
    }
}
