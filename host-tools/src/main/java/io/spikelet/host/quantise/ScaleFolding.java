package io.spikelet.host.quantise;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphOrder;
import io.spikelet.host.graph.GraphShapes;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;
import io.spikelet.model.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Multiplies Scale nodes into the weights before or behind them, so that a board never sees one. Between a scale and the
 * weights that take it may stand pools and Flatten nodes, which it is moved past.
 */
public final class ScaleFolding {
    private final Graph graph;
    private final GraphShapes shapes;
    private final Map<String, Node> nodes;

    private ScaleFolding(Graph graph) {
        this.graph = graph;
        shapes = GraphShapes.of(graph, GraphOrder.of(graph));
        nodes = new LinkedHashMap<>(graph.nodes());
    }

    /**
     * The same function without Scale nodes; names of all other nodes stay.
     *
     * @throws QuantiseException when a scale has no weights beside it that could take it
     */
    public static Graph of(Graph graph) throws QuantiseException {
        Graph folded = graph;
        while (true) {
            ScaleFolding folding = new ScaleFolding(folded);
            List<String> scales = folded.nodes().entrySet().stream()
                    .filter(entry -> entry.getValue() instanceof Node.Scale)
                    .map(Map.Entry::getKey)
                    .toList();
            if (scales.isEmpty()) {
                return folded;
            }
            // One scale may stand between another and the weights: any that finds some goes first.
            String next = scales.stream().filter(folding::folds).findFirst().orElse(null);
            if (next != null) {
                folded = folding.without(next);
                continue;
            }
            String mover = scales.stream().filter(folding::movesOn).findFirst().orElse(null);
            if (mover == null) {
                throw folding.refused(scales.getFirst());
            }
            folded = folding.movedOn(mover);
        }
    }

    private QuantiseException refused(String name) {
        String before = graph.sourcesOf(name).getFirst();
        while (graph.node(before) instanceof Node.Flatten) {
            before = graph.sourcesOf(before).getFirst();
        }
        boolean isOfBorders = graph.node(before) instanceof Node.AvgPool2d pool
                && (pool.padding()[0] > 0 || pool.padding()[1] > 0)
                && graph.sourcesOf(name).size() == 1;
        if (isOfBorders) {
            return new QuantiseException("node '" + before + "' is an average pool that leaves its padding out of the"
                    + " mean, so what it gives along the border is scaled by itself, which only a dense layer behind a"
                    + " Flatten can take; count the padding (count_include_pad=True in PyTorch) or leave it out"
                    + " ('valid' in Keras)");
        }
        return new QuantiseException(
                "node '" + name + "' scales what no weights beside it can take: put a Scale node right behind one"
                        + " Affine or Conv2d node that nothing else reads, or before such nodes,"
                        + " with one value a channel at a convolution or pool and above 0 at a maximum");
    }

    /** Whether weights beside a scale took it; {@link #without} then leaves it out. */
    private boolean folds(String name) {
        Node.Scale scale = (Node.Scale) graph.node(name);
        float[] factors = scale.scale().spread(shapes.outputOf(name).size());
        return intoSource(name, factors) || intoTargets(name, factors);
    }

    /** Whether what alone reads a scale, and reads nothing else, gives the same when it is scaled behind. */
    private boolean movesOn(String name) {
        List<String> targets = graph.targetsOf(name);
        float[] factors = ((Node.Scale) graph.node(name))
                .scale()
                .spread(shapes.outputOf(name).size());
        if (targets.size() != 1 || graph.sourcesOf(targets.getFirst()).size() != 1) {
            return false;
        }
        return switch (graph.node(targets.getFirst())) {
            case Node.Flatten _ -> true;
            case Node.SumPool2d _, Node.AvgPool2d _ -> perChannel(factors, shapes.outputOf(name)) != null;
            case Node.MaxPool2d _ -> {
                float[] channels = perChannel(factors, shapes.outputOf(name));
                yield channels != null && allPositive(channels);
            }
            default -> false;
        };
    }

    private static boolean allPositive(float[] factors) {
        for (float factor : factors) {
            if (!(factor > 0)) {
                return false;
            }
        }
        return true;
    }

    /** Swaps a scale and its only reader. Values keep their order under a Flatten, and channels their factor under a pool. */
    private Graph movedOn(String name) {
        String passed = graph.targetsOf(name).getFirst();
        Shape before = shapes.outputOf(name);
        Shape behind = shapes.outputOf(passed);
        float[] factors = ((Node.Scale) graph.node(name)).scale().spread(before.size());
        Tensor moved = graph.node(passed) instanceof Node.Flatten
                ? Tensor.of(factors, extents(behind))
                : Tensor.of(perChannel(factors, before), before.channels(), 1, 1);
        nodes.put(name, new Node.Scale(moved));
        List<Graph.Edge> edges = new ArrayList<>();
        for (Graph.Edge edge : graph.edges()) {
            if (edge.to().equals(name)) {
                edges.add(new Graph.Edge(edge.from(), passed));
            } else if (edge.from().equals(name)) {
                edges.add(new Graph.Edge(passed, name));
            } else if (edge.from().equals(passed)) {
                edges.add(new Graph.Edge(name, edge.to()));
            } else {
                edges.add(edge);
            }
        }
        return graph.rewritten(nodes, edges);
    }

    private static int[] extents(Shape shape) {
        return shape.area() == 1
                ? new int[] {shape.channels()}
                : new int[] {shape.channels(), shape.height(), shape.width()};
    }

    private Graph without(String name) {
        nodes.remove(name);
        List<Graph.Edge> edges = new ArrayList<>();
        for (Graph.Edge edge : graph.edges()) {
            if (edge.from().equals(name)) {
                graph.sourcesOf(name).forEach(source -> edges.add(new Graph.Edge(source, edge.to())));
            } else if (!edge.to().equals(name)) {
                edges.add(edge);
            }
        }
        return graph.rewritten(nodes, edges);
    }

    /** Rows of weights, and biases with them. */
    private boolean intoSource(String name, float[] factors) {
        List<String> sources = graph.sourcesOf(name);
        if (sources.size() != 1 || graph.targetsOf(sources.getFirst()).size() != 1) {
            return false;
        }
        float[] rows = perChannel(factors, shapes.inputOf(name));
        Node changed = rows == null
                ? null
                : switch (nodes.get(sources.getFirst())) {
                    case Node.Affine affine ->
                        new Node.Affine(scaled(affine.weight(), rows, 1), scaled(affine.bias(), rows, 1));
                    case Node.Conv2d conv -> with(conv, scaled(conv.weight(), rows, 1), scaled(conv.bias(), rows, 1));
                    default -> null;
                };
        if (changed != null) {
            nodes.put(sources.getFirst(), changed);
        }
        return changed != null;
    }

    /** What each input is multiplied by. */
    private boolean intoTargets(String name, float[] factors) {
        float[] channels = perChannel(factors, shapes.inputOf(name));
        Map<String, Node> changed = new LinkedHashMap<>();
        for (String target : graph.targetsOf(name)) {
            if (channels == null || graph.sourcesOf(target).size() != 1) {
                return false;
            }
            switch (nodes.get(target)) {
                case Node.Affine affine ->
                    changed.put(
                            target, new Node.Affine(scaled(affine.weight(), channels, channels.length), affine.bias()));
                case Node.Conv2d conv -> changed.put(target, with(conv, inputsScaled(conv, channels), conv.bias()));
                default -> {
                    return false;
                }
            }
        }
        nodes.putAll(changed);
        return true;
    }

    /** One factor a channel, or null where a channel has several. */
    private static float[] perChannel(float[] factors, Shape shape) {
        float[] channels = new float[shape.channels()];
        for (int i = 0; i < factors.length; i++) {
            int channel = i / shape.area();
            if (i % shape.area() == 0) {
                channels[channel] = factors[i];
            } else if (factors[i] != channels[channel]) {
                return null;
            }
        }
        return channels;
    }

    /** @param period 1: a factor a row; the row's length: a factor a column */
    private static Tensor scaled(Tensor tensor, float[] factors, int period) {
        if (tensor == null) {
            return null;
        }
        float[] values = tensor.values().clone();
        int row = values.length / tensor.shape()[0];
        for (int i = 0; i < values.length; i++) {
            values[i] *= period == 1 ? factors[i / row] : factors[i % row];
        }
        return new Tensor(values, tensor.shape());
    }

    private static Tensor inputsScaled(Node.Conv2d conv, float[] channels) {
        int[] shape = conv.weight().shape();
        int kernel = shape[2] * shape[3];
        int rowsOfGroup = shape[0] / conv.groups();
        float[] values = conv.weight().values().clone();
        for (int i = 0; i < values.length; i++) {
            int row = i / (shape[1] * kernel);
            int channel = row / rowsOfGroup * shape[1] + i / kernel % shape[1];
            values[i] *= channels[channel];
        }
        return new Tensor(values, shape);
    }

    private static Node.Conv2d with(Node.Conv2d conv, Tensor weight, Tensor bias) {
        return new Node.Conv2d(
                weight, bias, conv.stride(), conv.padding(), conv.dilation(), conv.groups(), conv.inputShape());
    }
}
