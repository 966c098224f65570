package io.spikelet.host.layers;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphOrder;
import io.spikelet.host.graph.GraphShapes;
import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.InvalidGraphException;
import io.spikelet.host.graph.ModelFile;
import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;
import io.spikelet.model.Operation.Comparison;
import io.spikelet.model.Shape;
import io.spikelet.model.WeightKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a layer file and the safetensors file beside it into a {@link Graph} (docs/layer-file.md). */
public final class LayerImporter {
    private static final Node ANY_NEURON = new Node.TwoBranch(
            Tensor.of(new float[1], 1),
            Tensor.of(new float[1], 1),
            Tensor.of(new float[1], 1),
            Tensor.of(new float[1], 1),
            Tensor.of(new float[1], 1, 1),
            Tensor.of(new float[1], 1, 1),
            Tensor.of(new float[1], 1, 1),
            Comparison.STRICTLY_ABOVE,
            null);

    private final ModelFile file;
    private final LayerFile layers;
    private final Graph outline;
    private final GraphShapes shapes;

    private LayerImporter(ModelFile file, LayerFile layers) {
        this.file = file;
        this.layers = layers;
        outline = outline();
        shapes = GraphShapes.infer(outline, GraphOrder.of(outline));
    }

    /**
     * Reads one model.
     *
     * @param file the JSON file, which knows its folder
     * @return the graph, named after the file, with the SHA-256 of both files; norms are in the weights before them or the
     *     neurons behind them
     * @throws ImportException when either file is damaged, or says what no graph can; one sentence names file, layer and
     *     field
     */
    public static Graph read(ModelFile file) throws ImportException {
        LayerFile layers = LayerFile.of(file);
        try {
            return new LayerImporter(file, layers).graph();
        } catch (InvalidGraphException doesNotFit) {
            throw new ImportException(file.name() + ": " + doesNotFit.getMessage(), doesNotFit);
        }
    }

    /** The graph with stand-ins of the right shape for what cannot be computed before shapes are known. */
    private Graph outline() {
        Map<String, Node> nodes = new LinkedHashMap<>();
        List<Graph.Edge> edges = new ArrayList<>();
        Map<String, WeightKind> weightKinds = new LinkedHashMap<>();
        nodes.put(LayerFile.INPUT, new Node.Input(layers.input()));
        layers.layers().forEach((name, layer) -> {
            nodes.put(
                    name,
                    switch (layer.part()) {
                        case Layer.Plain(Node node) -> node;
                        case Layer.Normalised _ -> new Node.Scale(Tensor.scalar(1));
                        case Layer.Neurons _ -> ANY_NEURON;
                    });
            layer.from().forEach(source -> edges.add(new Graph.Edge(source, name)));
            layer.weights().ifPresent(kind -> weightKinds.put(name, kind));
        });
        nodes.put(LayerFile.OUTPUT, new Node.Output(new int[] {1}));
        edges.add(new Graph.Edge(layers.output(), LayerFile.OUTPUT));
        return new Graph(file.name(), nodes, edges, List.of(), layers.digest(), weightKinds);
    }

    private Graph graph() throws ImportException {
        NormFolding folding = new NormFolding(outline, shapes);
        for (Map.Entry<String, Layer> entry : layers.layers().entrySet()) {
            String name = entry.getKey();
            Layer layer = entry.getValue();
            Shape shape = shapes.inputOf(name);
            for (Table table : layer.tables()) {
                if (!table.fits(shape)) {
                    throw new ImportException(file.name() + ": layer '" + name + "', field '" + table.field()
                            + "': has " + table.row() + " values a step but " + shape
                            + " reaches it; give one value, one a channel or one a neuron");
                }
            }
            try {
                switch (layer.part()) {
                    case Layer.Plain _ -> {}
                    case Layer.Normalised(Norm norm) -> folding.norm(name, norm.line(shape));
                    case Layer.Neurons(NeuronTables.Spelling spelling) -> folding.neurons(name, spelling.of(shape));
                }
            } catch (InvalidGraphException doesNotFit) {
                throw new ImportException(
                        file.name() + ": layer '" + name + "': " + doesNotFit.getMessage(), doesNotFit);
            }
        }
        Shape out = shapes.inputOf(LayerFile.OUTPUT);
        int[] extents =
                out.area() == 1 ? new int[] {out.channels()} : new int[] {out.channels(), out.height(), out.width()};
        Graph graph = folding.folded(new Node.Output(extents));
        GraphShapes.of(graph, GraphOrder.of(graph));
        return graph;
    }
}
