package io.spikelet.host.layers;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphShapes;
import io.spikelet.host.graph.InvalidGraphException;
import io.spikelet.host.graph.Node;
import io.spikelet.model.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts each norm where it costs nothing: a steady one into the weights in front of it, which a negative gain turns around
 * row by row; any other into gain and offset of the neurons behind it.
 */
final class NormFolding {
    private final Graph outline;
    private final GraphShapes shapes;
    private final Map<String, Node> nodes;
    private final Map<String, NeuronTables> neurons = new LinkedHashMap<>();
    private final Map<String, Norm.Line> lines = new LinkedHashMap<>();

    NormFolding(Graph outline, GraphShapes shapes) {
        this.outline = outline;
        this.shapes = shapes;
        nodes = new LinkedHashMap<>(outline.nodes());
    }

    void norm(String name, Norm.Line line) {
        lines.put(name, line);
    }

    void neurons(String name, NeuronTables tables) {
        neurons.put(name, tables);
    }

    /** The graph without norms; their names are gone. */
    Graph folded(Node.Output output) {
        lines.forEach((name, line) -> {
            if (outline.sourcesOf(name).stream().anyMatch(lines::containsKey)) {
                throw new InvalidGraphException("layer '" + name + "' is a norm of a norm; multiply the two into one");
            }
            if (!intoWeights(name, line)) {
                intoNeurons(name, line);
            }
        });
        neurons.forEach((name, tables) -> {
            try {
                nodes.put(name, tables.node());
            } catch (InvalidGraphException doesNotFit) {
                throw new InvalidGraphException("layer '" + name + "': " + doesNotFit.getMessage());
            }
        });
        nodes.put(LayerFile.OUTPUT, output);
        nodes.keySet().removeAll(lines.keySet());
        return outline.rewritten(nodes, edges());
    }

    private boolean intoWeights(String name, Norm.Line line) {
        List<String> sources = outline.sourcesOf(name);
        if (sources.size() != 1 || outline.targetsOf(sources.getFirst()).size() != 1) {
            return false;
        }
        String source = sources.getFirst();
        Node folded = switch (nodes.get(source)) {
            case Node.Affine affine when line.isPerRow(affine.weight().shape()[0]) -> line.in(affine);
            case Node.Conv2d conv when line.isPerRow(conv.weight().shape()[0]) -> line.in(conv);
            default -> null;
        };
        if (folded != null) {
            nodes.put(source, folded);
        }
        return folded != null;
    }

    private void intoNeurons(String name, Norm.Line line) {
        Shape shape = shapes.outputOf(name);
        for (String target : outline.targetsOf(name)) {
            if (!neurons.containsKey(target) || outline.sourcesOf(target).size() != 1) {
                throw new InvalidGraphException(
                        "layer '" + name + "' is a norm that neither the weights before it nor the neurons behind it"
                                + " can take; put it right behind weights that nothing else reads, or right"
                                + " before neurons of kind neuron, glif or hoyer that read nothing else");
            }
            neurons.put(target, neurons.get(target).behind(line, shape));
        }
    }

    /** What reads a norm reads what the norm reads. */
    private List<Graph.Edge> edges() {
        List<Graph.Edge> edges = new ArrayList<>();
        for (Graph.Edge edge : outline.edges()) {
            if (lines.containsKey(edge.from())) {
                outline.sourcesOf(edge.from()).forEach(source -> edges.add(new Graph.Edge(source, edge.to())));
            } else if (!lines.containsKey(edge.to())) {
                edges.add(edge);
            }
        }
        return edges;
    }
}
