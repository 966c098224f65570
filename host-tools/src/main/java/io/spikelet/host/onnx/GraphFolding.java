package io.spikelet.host.onnx;

import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Joins what a file writes as two nodes and a network computes as one: a line a channel behind weights that nothing else
 * reads goes into the weights, in double; a cut behind a cut is the lower one.
 */
final class GraphFolding {
    private final GraphDraft draft;
    private final Map<String, Node> nodes;

    private GraphFolding(GraphDraft draft) {
        this.draft = draft;
        nodes = draft.nodes();
    }

    static void fold(GraphDraft draft) {
        GraphFolding folding = new GraphFolding(draft);
        for (String name : List.copyOf(draft.nodes().keySet())) {
            folding.fold(name);
        }
    }

    private void fold(String name) {
        List<String> sources = draft.sourcesOf(name);
        if (sources.size() != 1 || draft.targetCount(sources.getFirst()) != 1) {
            return;
        }
        String source = sources.getFirst();
        GraphDraft.ChannelLine line = draft.lines().get(name);
        Node behind = nodes.get(name);
        switch (nodes.get(source)) {
            case Node.Conv2d conv
            when line != null -> {
                Tensor bias = bias(conv.bias(), line);
                nodes.put(
                        source,
                        new Node.Conv2d(
                                scaled(conv.weight(), line),
                                bias,
                                conv.stride(),
                                conv.padding(),
                                conv.dilation(),
                                conv.groups(),
                                conv.inputShape()));
                join(source, name, line);
            }
            case Node.Affine affine
            when line != null -> {
                nodes.put(source, new Node.Affine(scaled(affine.weight(), line), bias(affine.bias(), line)));
                join(source, name, line);
            }
            case Node.Relu first
            when behind instanceof Node.Relu second -> {
                nodes.put(source, new Node.Relu(Math.min(first.ceiling(), second.ceiling())));
                Quantisation quantisation = draft.quantisations().remove(name);
                if (quantisation != null) {
                    draft.quantisations().put(source, quantisation);
                }
                draft.join(source, name);
            }
            default -> {}
        }
    }

    private void join(String source, String name, GraphDraft.ChannelLine line) {
        IntegerWeights integers = draft.weights().remove(source);
        boolean onlyAdds = Arrays.stream(line.factor()).allMatch(factor -> factor == 1);
        if (integers != null && onlyAdds) {
            double[] bias = line.offset().clone();
            for (int r = 0; r < bias.length; r++) {
                bias[r] += integers.bias() == null ? 0 : integers.bias()[r];
            }
            draft.weights().put(source, new IntegerWeights(integers.codes(), integers.scale(), bias));
        }
        Quantisation quantisation = draft.quantisations().remove(name);
        if (quantisation != null) {
            draft.quantisations().put(source, quantisation);
        }
        draft.join(source, name);
        GraphDraft.ChannelLine first = draft.lines().get(source);
        if (first != null) {
            draft.isLine(source, first.then(line));
        }
    }

    private static Tensor scaled(Tensor weight, GraphDraft.ChannelLine line) {
        float[] values = weight.values().clone();
        int row = values.length / line.factor().length;
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] * line.factor()[i / row]);
        }
        return new Tensor(values, weight.shape());
    }

    private static Tensor bias(Tensor bias, GraphDraft.ChannelLine line) {
        float[] values = new float[line.factor().length];
        for (int c = 0; c < values.length; c++) {
            values[c] = (float) ((bias == null ? 0 : bias.at(c) * line.factor()[c]) + line.offset()[c]);
        }
        return Tensor.of(values, values.length);
    }
}
