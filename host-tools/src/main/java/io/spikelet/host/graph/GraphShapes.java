package io.spikelet.host.graph;

import io.spikelet.model.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What every node of a graph receives and gives, inferred from the input along the edges. Vectors are
 * {@code (n, 1, 1)}.
 */
public final class GraphShapes {
    private final Map<String, Shape> arriving;
    private final Map<String, Shape> outputs;

    private GraphShapes(Map<String, Shape> arriving, Map<String, Shape> outputs) {
        this.arriving = arriving;
        this.outputs = outputs;
    }

    /**
     * Infers and checks all shapes.
     *
     * @throws InvalidGraphException when the graph has no order ({@link GraphOrder}) or a node does not fit what
     *     reaches it; names node and field
     */
    public static GraphShapes of(Graph graph, GraphOrder order) {
        GraphShapes shapes = infer(graph, order);
        for (Map.Entry<String, Node> entry : graph.nodes().entrySet()) {
            if (entry.getValue() instanceof Node.Output output) {
                NodeShapes.verifyOutput(entry.getKey(), output, shapes.inputOf(entry.getKey()));
            }
        }
        return shapes;
    }

    /**
     * Infers all shapes as {@link #of} does, but takes what reaches the output for the output's shape, whatever it
     * declares. For importers that repair the declaration.
     */
    public static GraphShapes infer(Graph graph, GraphOrder order) {
        Map<String, Shape> arriving = new LinkedHashMap<>();
        Map<String, Shape> outputs = new LinkedHashMap<>();
        for (String name : order.nodes()) {
            Node node = graph.node(name);
            Shape in = node instanceof Node.Input input
                    ? NodeShapes.declared(name, input.shape())
                    : sum(name, order.presentEdgesInto(graph, name), outputs);
            arriving.put(name, in);
            outputs.put(name, NodeShapes.output(name, node, in));
        }
        for (Graph.Edge edge : order.recurrent()) {
            requireEqual(edge.to(), edge.from(), outputs.get(edge.from()), arriving.get(edge.to()));
        }
        return new GraphShapes(arriving, outputs);
    }

    /** What reaches a node, after fan-in; for the input node its own shape. */
    public Shape inputOf(String node) {
        return lookUp(arriving, node);
    }

    /** What a node gives. */
    public Shape outputOf(String node) {
        return lookUp(outputs, node);
    }

    private static Shape lookUp(Map<String, Shape> shapes, String node) {
        Shape shape = shapes.get(node);
        if (shape == null) {
            throw new IllegalArgumentException("no such node: node=" + node);
        }
        return shape;
    }

    private static Shape sum(String name, List<Graph.Edge> edges, Map<String, Shape> outputs) {
        Shape first = outputs.get(edges.getFirst().from());
        for (Graph.Edge edge : edges) {
            requireEqual(name, edge.from(), outputs.get(edge.from()), first);
        }
        return first;
    }

    private static void requireEqual(String name, String source, Shape found, Shape expected) {
        if (!found.equals(expected)) {
            throw new InvalidGraphException("node '" + name + "' receives shape " + found + " from '" + source
                    + "' but " + expected + " elsewhere; the edges into one node add up and must agree in shape");
        }
    }

    /** The extents as a person writes them. */
    static String text(int[] extents) {
        return Arrays.toString(extents);
    }
}
