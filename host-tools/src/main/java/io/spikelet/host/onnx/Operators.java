package io.spikelet.host.onnx;

import io.spikelet.host.graph.ImportException;
import java.util.Set;

/** The operators that are known, and who translates each. */
final class Operators {
    private static final String SUPPORTED =
            "Conv, Gemm, MatMul, BatchNormalization, Relu, Clip, MaxPool, AveragePool, GlobalAveragePool,"
                    + " GlobalMaxPool, ReduceMean, ReduceMax, Add, Sum, Sub, Mul, Div, Flatten, Reshape, Transpose,"
                    + " Squeeze, Unsqueeze, Pad, Identity, Dropout, Cast, Constant, Softmax, LogSoftmax, ArgMax,"
                    + " QuantizeLinear, DequantizeLinear, QLinearConv, QLinearMatMul, QGemm, QLinearAdd,"
                    + " QLinearAveragePool and QLinearGlobalAveragePool";

    /** What may stand behind a Softmax or ArgMax that is left out; none of it changes which class is best. */
    private static final Set<String> BEHIND_SCORES = Set.of(
            "Softmax",
            "LogSoftmax",
            "ArgMax",
            "Identity",
            "Cast",
            "Flatten",
            "Reshape",
            "Squeeze",
            "Unsqueeze",
            "QuantizeLinear",
            "DequantizeLinear");

    private static final Set<String> QUANTISED = Set.of(
            "QuantizeLinear",
            "DequantizeLinear",
            "QGemm",
            "QLinearAdd",
            "QLinearAveragePool",
            "QLinearGlobalAveragePool");

    private Operators() {}

    /** @throws ImportException when the operator is unknown or asks for what the graph cannot say */
    static void translate(OnnxNode node, Translation translation) throws ImportException {
        boolean isKnownDomain =
                node.domain().isEmpty() || node.domain().equals("com.microsoft") && QUANTISED.contains(node.kind());
        if (!isKnownDomain) {
            throw unsupported(node);
        }
        boolean readsActivations = node.inputs().stream().anyMatch(translation::isActivation);
        if (!readsActivations || node.kind().equals("Shape")) {
            translation.give(node, ConstantOperators.fold(node, translation));
            return;
        }
        String first = node.inputs().getFirst();
        if (translation.isActivation(first) && translation.padded(node, 0).isScore()) {
            if (!BEHIND_SCORES.contains(node.kind())) {
                throw node.fault("stands behind a Softmax or ArgMax, which is supported at the very end only; export"
                        + " the network up to its scores");
            }
            translation.give(node, translation.padded(node, 0));
            return;
        }
        translation.give(
                node,
                switch (node.kind()) {
                    case "Conv" -> LinearOperators.convolution(node, translation);
                    case "Gemm" -> LinearOperators.gemm(node, translation);
                    case "MatMul" -> LinearOperators.matMul(node, translation);
                    case "BatchNormalization" -> ChannelOperators.batchNormalisation(node, translation);
                    case "Add", "Sum", "Sub", "Mul", "Div" -> ChannelOperators.arithmetic(node, translation);
                    case "Relu", "Clip" -> CutOperators.translate(node, translation);
                    case "MaxPool", "AveragePool" -> PoolOperators.windows(node, translation);
                    case "GlobalAveragePool", "GlobalMaxPool" -> PoolOperators.global(node, translation);
                    case "ReduceMean", "ReduceMax" -> PoolOperators.reduce(node, translation);
                    case "Flatten" -> ShapeOperators.flatten(node, translation);
                    case "Reshape" -> ShapeOperators.reshape(node, translation);
                    case "Transpose" -> ShapeOperators.transpose(node, translation);
                    case "Squeeze" -> ShapeOperators.squeeze(node, translation);
                    case "Unsqueeze" -> ShapeOperators.unsqueeze(node, translation);
                    case "Pad" -> ShapeOperators.pad(node, translation);
                    case "Identity", "Cast" -> translation.padded(node, 0);
                    case "Dropout" -> dropout(node, translation);
                    case "Softmax", "LogSoftmax", "ArgMax" -> score(node, translation);
                    case "QuantizeLinear" -> QuantisedOperators.quantise(node, translation);
                    case "DequantizeLinear" -> translation.padded(node, 0);
                    case "QLinearConv" -> QuantisedOperators.convolution(node, translation);
                    case "QLinearMatMul" -> QuantisedOperators.matMul(node, translation);
                    case "QGemm" -> QuantisedOperators.gemm(node, translation);
                    case "QLinearAdd" -> QuantisedOperators.add(node, translation);
                    case "QLinearAveragePool" -> QuantisedOperators.averagePool(node, translation);
                    case "QLinearGlobalAveragePool" -> QuantisedOperators.globalAveragePool(node, translation);
                    default -> throw unsupported(node);
                });
    }

    private static ImportException unsupported(OnnxNode node) {
        String domain = node.domain().isEmpty() ? "" : " of " + node.domain();
        return node.fault("is an operator" + domain + " that is not supported; build the model from " + SUPPORTED);
    }

    private static Activation dropout(OnnxNode node, Translation translation) throws ImportException {
        if (node.hasInput(2) && translation.number(node, 2) != 0) {
            throw node.fault("training_mode", "is on; export the model for inference");
        }
        return translation.padded(node, 0);
    }

    private static Activation score(OnnxNode node, Translation translation) throws ImportException {
        translation
                .draft()
                .warn("node '" + node.name() + "' (" + node.kind()
                        + ") was left out: it does not change which class is best");
        return translation.activation(node, 0).asScore();
    }
}
