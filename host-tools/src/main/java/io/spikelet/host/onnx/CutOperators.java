package io.spikelet.host.onnx;

import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.Node;
import io.spikelet.host.onnx.Activation.ValueRange;

/** {@code Relu} and {@code Clip}. */
final class CutOperators {
    private CutOperators() {}

    static Activation translate(OnnxNode node, Translation translation) throws ImportException {
        Activation read = translation.activation(node, 0);
        if (node.kind().equals("Relu")) {
            return cut(node.name(), translation, read, Float.POSITIVE_INFINITY);
        }
        float floor = bound(node, translation, 1, "min", Float.NEGATIVE_INFINITY);
        float ceiling = bound(node, translation, 2, "max", Float.POSITIVE_INFINITY);
        if (floor != 0 && !(read.range().isNonNegative() && floor < 0)) {
            throw node.fault("min", "is " + floor + "; only a minimum of 0 is supported");
        }
        if (!(ceiling > 0)) {
            throw node.fault("max", "is " + ceiling + "; it must be above 0");
        }
        return cut(node.name(), translation, read, ceiling);
    }

    /**
     * Cuts off below 0 and above a ceiling; adds no node where nothing is left to cut.
     *
     * @param wanted the name for the node
     */
    static Activation cut(String wanted, Translation translation, Activation read, float ceiling)
            throws ImportException {
        if (read.range().isNonNegative() && read.range().ceiling() <= ceiling) {
            return read;
        }
        String name = translation.draft().add(wanted, new Node.Relu(ceiling), read);
        return read.from(name, ValueRange.upTo(ceiling));
    }

    private static float bound(OnnxNode node, Translation translation, int input, String attribute, float otherwise)
            throws ImportException {
        if (node.has(attribute)) {
            return node.real(attribute, otherwise);
        }
        if (!node.hasInput(input)) {
            return otherwise;
        }
        return translation.number(node, input);
    }
}
