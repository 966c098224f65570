package io.spikelet.host.onnx;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphOrder;
import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The graph as far as it is translated; also what only some of its nodes are: lines of channels, layers of integers. */
final class GraphDraft {
    private static final int LONGEST_NAME = 120;

    /** {@code x · factor + offset} for each channel. */
    record ChannelLine(double[] factor, double[] offset) {
        /** Both as one. */
        ChannelLine then(ChannelLine next) {
            double[] factors = factor.clone();
            double[] offsets = offset.clone();
            for (int c = 0; c < factors.length; c++) {
                factors[c] *= next.factor[c];
                offsets[c] = offsets[c] * next.factor[c] + next.offset[c];
            }
            return new ChannelLine(factors, offsets);
        }
    }

    private final String file;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Set<Graph.Edge> edges = new LinkedHashSet<>();
    private final Map<String, List<String>> sources = new HashMap<>();
    private final Map<String, Integer> targets = new HashMap<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private final Map<String, ChannelLine> lines = new LinkedHashMap<>();
    private final Map<String, IntegerWeights> weights = new LinkedHashMap<>();
    private final Map<String, Quantisation> quantisations = new LinkedHashMap<>();

    GraphDraft(String file) {
        this.file = file;
    }

    /**
     * Adds a node that reads an activation.
     *
     * @return the node's name: the wanted one, cut and numbered where that is needed
     */
    String add(String wanted, Node node, Activation activation) throws ImportException {
        String name = freeName(wanted);
        Map<String, Integer> counts = new LinkedHashMap<>();
        activation.sources().forEach(source -> counts.merge(source, 1, Integer::sum));
        List<String> read = new ArrayList<>();
        for (Map.Entry<String, Integer> source : counts.entrySet()) {
            read.add(source.getValue() == 1 ? source.getKey() : multiple(source.getKey(), source.getValue()));
        }
        put(name, node);
        read.forEach(source -> connect(source, name));
        return name;
    }

    /** Two edges between the same nodes cannot be told apart, so a value that is added to itself is scaled. */
    private String multiple(String source, int count) throws ImportException {
        String name = freeName(source + " x" + count);
        put(name, new Node.Scale(Tensor.scalar(count)));
        connect(source, name);
        return name;
    }

    private void connect(String from, String to) {
        edges.add(new Graph.Edge(from, to));
        sources.computeIfAbsent(to, key -> new ArrayList<>()).add(from);
        targets.merge(from, 1, Integer::sum);
    }

    String addInput(String wanted, Node.Input input) throws ImportException {
        String name = freeName(wanted);
        put(name, input);
        return name;
    }

    private void put(String name, Node node) throws ImportException {
        if (nodes.size() >= GraphOrder.MAX_NODES) {
            throw new ImportException(
                    file + ": has more than " + GraphOrder.MAX_NODES + " nodes, which no supported network needs");
        }
        nodes.put(name, node);
    }

    private String freeName(String wanted) {
        String cut = wanted.length() <= LONGEST_NAME ? wanted : wanted.substring(0, LONGEST_NAME);
        String name = cut;
        for (int k = 2; nodes.containsKey(name); k++) {
            name = cut + " " + k;
        }
        return name;
    }

    /** The graph's input under another shape, while nothing reads it yet. */
    void reshapeInput(String name, int[] shape) {
        nodes.put(name, new Node.Input(shape));
    }

    boolean isInput(List<String> sources) {
        return sources.size() == 1 && nodes.get(sources.getFirst()) instanceof Node.Input;
    }

    boolean isUnreadInput(List<String> sources) {
        return isInput(sources) && targetCount(sources.getFirst()) == 0;
    }

    List<String> sourcesOf(String name) {
        return sources.getOrDefault(name, List.of());
    }

    /** How many nodes read one. */
    int targetCount(String name) {
        return targets.getOrDefault(name, 0);
    }

    /** Lets whoever read the second node read the first, its only source, and drops the second. */
    void join(String first, String second) {
        List<Graph.Edge> joined = new ArrayList<>();
        for (Graph.Edge edge : edges) {
            if (edge.from().equals(second)) {
                joined.add(new Graph.Edge(first, edge.to()));
                sources.get(edge.to()).replaceAll(source -> source.equals(second) ? first : source);
            } else if (!edge.to().equals(second)) {
                joined.add(edge);
            }
        }
        edges.clear();
        edges.addAll(joined);
        targets.put(first, targetCount(first) - 1 + targetCount(second));
        nodes.remove(second);
        lines.remove(second);
    }

    void warn(String sentence) {
        warnings.add(sentence);
    }

    /** Says that a node is a line of channels, which may be folded into the weights before it. */
    void isLine(String name, ChannelLine line) {
        lines.put(name, line);
    }

    void hasIntegers(String name, IntegerWeights integers) {
        weights.put(name, integers);
    }

    void isQuantised(String name, Quantisation quantisation) {
        quantisations.put(name, quantisation);
    }

    Map<String, Node> nodes() {
        return nodes;
    }

    Set<Graph.Edge> edges() {
        return edges;
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    Map<String, ChannelLine> lines() {
        return lines;
    }

    Map<String, IntegerWeights> weights() {
        return weights;
    }

    Map<String, Quantisation> quantisations() {
        return quantisations;
    }
}
