package io.spikelet.host.convert;

import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;

/** Weights and biases, multiplied or added to. */
final class Weights {
    private Weights() {}

    /** The same weights times a factor; with the bias as it was, or without. */
    static Node scaled(Node node, float factor, boolean withBias) {
        return switch (node) {
            case Node.Affine affine -> new Node.Affine(times(affine.weight(), factor), withBias ? affine.bias() : null);
            case Node.Conv2d conv -> with(conv, times(conv.weight(), factor), withBias ? conv.bias() : null);
            default -> throw new IllegalArgumentException("a node without weights: " + node);
        };
    }

    /** The same weights with a value added to every bias. */
    static Node withBias(Node node, float added) {
        return switch (node) {
            case Node.Affine affine ->
                new Node.Affine(
                        affine.weight(), plus(affine.bias(), affine.weight().shape()[0], added));
            case Node.Conv2d conv ->
                with(conv, conv.weight(), plus(conv.bias(), conv.weight().shape()[0], added));
            default -> throw new IllegalArgumentException("a node without weights: " + node);
        };
    }

    private static Node.Conv2d with(Node.Conv2d conv, Tensor weight, Tensor bias) {
        return new Node.Conv2d(
                weight, bias, conv.stride(), conv.padding(), conv.dilation(), conv.groups(), conv.inputShape());
    }

    private static Tensor times(Tensor tensor, float factor) {
        float[] values = tensor.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return new Tensor(values, tensor.shape());
    }

    private static Tensor plus(Tensor bias, int rows, float added) {
        Tensor before = bias == null ? Tensor.of(new float[rows], rows) : bias;
        float[] values = before.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] += added;
        }
        return new Tensor(values, before.shape());
    }
}
