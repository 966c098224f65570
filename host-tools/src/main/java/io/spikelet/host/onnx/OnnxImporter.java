package io.spikelet.host.onnx;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphOrder;
import io.spikelet.host.graph.GraphShapes;
import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.InvalidGraphException;
import io.spikelet.host.graph.ModelFile;
import io.spikelet.host.graph.Node;
import java.util.ArrayList;

/**
 * Reads an ONNX file, float or quantised, into a {@link Graph} of real numbers: channels first, no batch, batch norms in
 * the weights before them, a Softmax at the end left out. What quantised files mean is dequantised; an activation of 8
 * bits whose zero point is its lowest code becomes a ReLU that ends at its highest.
 */
public final class OnnxImporter {
    private OnnxImporter() {}

    /**
     * Reads one file.
     *
     * @return the graph, named after the file, with its SHA-256
     * @throws ImportException when it is no ONNX file, is damaged, or holds what the graph cannot say; one sentence names
     *     file, node and field
     */
    public static Graph read(ModelFile file) throws ImportException {
        return graph(file, draft(file));
    }

    static GraphDraft draft(ModelFile file) throws ImportException {
        GraphDraft draft = Translation.of(file.name(), OnnxFile.parse(file));
        GraphFolding.fold(draft);
        LineFolding.fold(draft);
        return draft;
    }

    static Graph graph(ModelFile file, GraphDraft draft) throws ImportException {
        for (var node : draft.nodes().entrySet()) {
            requireFinite(file, node.getKey(), node.getValue());
        }
        Graph graph =
                new Graph(file.name(), draft.nodes(), new ArrayList<>(draft.edges()), draft.warnings(), file.digest());
        try {
            GraphShapes.of(graph, GraphOrder.of(graph));
        } catch (InvalidGraphException doesNotFit) {
            throw new ImportException(file.name() + ": " + doesNotFit.getMessage(), doesNotFit);
        }
        return graph;
    }

    /** Finite numbers may have a product that is not. */
    private static void requireFinite(ModelFile file, String name, Node node) throws ImportException {
        boolean isFinite = switch (node) {
            case Node.Conv2d conv ->
                conv.weight().isFinite() && (conv.bias() == null || conv.bias().isFinite());
            case Node.Affine affine ->
                affine.weight().isFinite()
                        && (affine.bias() == null || affine.bias().isFinite());
            default -> true;
        };
        if (!isFinite) {
            throw new ImportException(file.name() + ": node '" + name
                    + "' has weights that leave the range of float once a batch norm or scale is folded in; train again"
                    + " with smaller ones");
        }
    }
}
