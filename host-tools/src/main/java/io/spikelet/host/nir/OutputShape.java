package io.spikelet.host.nir;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphOrder;
import io.spikelet.host.graph.GraphShapes;
import io.spikelet.host.graph.Node;
import io.spikelet.model.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Repairs an output whose declared shape holds leading batch and time dimensions of 1, as Rockpool writes it. Any other
 * disagreement is left for the shape check to refuse.
 */
final class OutputShape {
    private OutputShape() {}

    static Graph repair(Graph graph) {
        GraphShapes shapes = GraphShapes.infer(graph, GraphOrder.of(graph));
        Map<String, Node> nodes = new LinkedHashMap<>(graph.nodes());
        List<String> warnings = new ArrayList<>(graph.warnings());
        graph.nodes().forEach((name, node) -> {
            if (node instanceof Node.Output output) {
                Shape found = shapes.inputOf(name);
                int[] extents = found.area() == 1
                        ? new int[] {found.channels()}
                        : new int[] {found.channels(), found.height(), found.width()};
                int[] line = {found.channels(), found.width()};
                boolean isLine = found.height() == 1 && found.area() > 1 && leadingOnes(output.shape(), line);
                boolean isRight = Arrays.equals(output.shape(), extents);
                if (!isRight && (isLine || leadingOnes(output.shape(), extents))) {
                    int[] taken = isLine ? line : extents;
                    nodes.put(name, new Node.Output(taken));
                    warnings.add("node '" + name + "': the declared shape " + Arrays.toString(output.shape())
                            + " was taken for " + Arrays.toString(taken) + ", the shape that reaches it");
                }
            }
        });
        return new Graph(graph.name(), nodes, graph.edges(), warnings, graph.digest());
    }

    /** Whether {@code declared} is {@code extents} behind one or more dimensions of 1. */
    private static boolean leadingOnes(int[] declared, int[] extents) {
        int extra = declared.length - extents.length;
        return extra > 0
                && Arrays.stream(declared, 0, extra).allMatch(extent -> extent == 1)
                && Arrays.equals(declared, extra, declared.length, extents, 0, extents.length);
    }
}
