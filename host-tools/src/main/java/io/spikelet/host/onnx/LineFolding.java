package io.spikelet.host.onnx;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphOrder;
import io.spikelet.host.graph.GraphShapes;
import io.spikelet.host.graph.InvalidGraphException;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Puts a line a channel that has no weights before it (a batch norm behind a ReLU, the normalisation of an input) into the
 * weights behind it, in double: {@code W·(f·x + o) + b = (W·f)·x + (b + W·o)}. Pools and flattenings may stand between where the
 * line passes through them. A convolution that pads gets a bias a neuron, since its zeros come behind the line.
 */
final class LineFolding {
    private final GraphDraft draft;
    private final GraphDraft.ChannelLine line;

    /** What the weights behind the line become. */
    private final Map<String, Node> changed = new LinkedHashMap<>();

    /** The node of the file that is the line. */
    private final String lineName;

    private final Optional<GraphShapes> shapes;

    /** What is said of those weights. */
    private final List<String> notes = new ArrayList<>();

    private LineFolding(GraphDraft draft, String lineName, Optional<GraphShapes> shapes) {
        this.draft = draft;
        this.lineName = lineName;
        this.shapes = shapes;
        line = draft.lines().get(lineName);
    }

    static void fold(GraphDraft draft) {
        Optional<GraphShapes> shapes = draft.lines().isEmpty() ? Optional.empty() : shapes(draft);
        for (String name : List.copyOf(draft.lines().keySet())) {
            LineFolding folding = new LineFolding(draft, name, shapes);
            boolean isPlain =
                    draft.sourcesOf(name).size() == 1 && !draft.quantisations().containsKey(name);
            if (isPlain && folding.goesIntoReadersOf(name)) {
                draft.nodes().putAll(folding.changed);
                folding.notes.forEach(draft::warn);
                draft.join(draft.sourcesOf(name).getFirst(), name);
            }
        }
    }

    /** None where the draft does not fit together, which whoever makes a graph of it says. */
    private static Optional<GraphShapes> shapes(GraphDraft draft) {
        Graph graph = new Graph("", draft.nodes(), List.copyOf(draft.edges()), List.of(), "");
        try {
            return Optional.of(GraphShapes.of(graph, GraphOrder.of(graph)));
        } catch (InvalidGraphException doesNotFit) {
            return Optional.empty();
        }
    }

    private boolean goesIntoReadersOf(String name) {
        List<String> readers = draft.edges().stream()
                .filter(edge -> edge.from().equals(name))
                .map(edge -> edge.to())
                .toList();
        return !readers.isEmpty() && readers.stream().allMatch(this::goesInto);
    }

    private boolean goesInto(String name) {
        if (draft.sourcesOf(name).size() != 1
                || draft.weights().containsKey(name)
                || draft.lines().containsKey(name)) {
            return false;
        }
        return switch (draft.nodes().get(name)) {
            case Node.Affine affine -> {
                int columns = affine.weight().shape()[1];
                int[] channels = IntStream.range(0, affine.weight().size())
                        .map(i -> i % columns / (columns / line.factor().length))
                        .toArray();
                changed.put(
                        name,
                        new Node.Affine(
                                scaled(affine.weight(), channels), bias(affine.weight(), affine.bias(), channels)));
                yield true;
            }
            case Node.Conv2d conv -> {
                boolean adds = !IntStream.range(0, line.offset().length).allMatch(c -> line.offset()[c] == 0);
                boolean pads = adds && (conv.padding()[0] != 0 || conv.padding()[1] != 0);
                if (pads && shapes.isEmpty()) {
                    yield false;
                }
                int[] channels = channels(conv);
                changed.put(
                        name,
                        new Node.Conv2d(
                                scaled(conv.weight(), channels),
                                pads
                                        ? padded(name, conv)
                                        : adds ? bias(conv.weight(), conv.bias(), channels) : conv.bias(),
                                conv.stride(),
                                conv.padding(),
                                conv.dilation(),
                                conv.groups(),
                                conv.inputShape()));
                yield true;
            }
            case Node.Flatten _ -> goesIntoReadersOf(name);
            case Node.AvgPool2d pool -> pool.padding()[0] == 0 && pool.padding()[1] == 0 && goesIntoReadersOf(name);
            case Node.MaxPool2d _ ->
                IntStream.range(0, line.factor().length).allMatch(c -> line.factor()[c] > 0) && goesIntoReadersOf(name);
            default -> false;
        };
    }

    private Tensor padded(String name, Node.Conv2d conv) {
        Tensor bias = PaddedBias.of(
                conv,
                line.offset(),
                shapes.orElseThrow().inputOf(name),
                shapes.orElseThrow().outputOf(name));
        notes.add("node '" + name + "' pads behind what '" + lineName + "' adds, so its bias is a value for each of "
                + bias.size() + " neurons; without padding, or with the norm behind the convolution, it is one for"
                + " each channel");
        return bias;
    }

    /** The channel that each weight reads. */
    private static int[] channels(Node.Conv2d conv) {
        int[] shape = conv.weight().shape();
        int kernel = shape[2] * shape[3];
        int rowsOfGroup = shape[0] / conv.groups();
        return IntStream.range(0, conv.weight().size())
                .map(i -> i / (shape[1] * kernel) / rowsOfGroup * shape[1] + i / kernel % shape[1])
                .toArray();
    }

    private Tensor scaled(Tensor weight, int[] channels) {
        float[] values = weight.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] * line.factor()[channels[i]]);
        }
        return new Tensor(values, weight.shape());
    }

    private Tensor bias(Tensor weight, Tensor bias, int[] channels) {
        double[] sums = new double[weight.shape()[0]];
        int row = weight.size() / sums.length;
        for (int i = 0; i < weight.size(); i++) {
            sums[i / row] += weight.values()[i] * line.offset()[channels[i]];
        }
        for (int r = 0; r < sums.length; r++) {
            sums[r] += bias == null ? 0 : bias.at(r);
        }
        return LinearOperators.floats(sums);
    }
}
