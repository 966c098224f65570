package io.spikelet.host.nir;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphOrder;
import io.spikelet.host.graph.GraphShapes;
import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.InvalidGraphException;
import io.spikelet.host.graph.ModelFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a NIR file into a {@link Graph}: nested graphs flattened, obvious slips repaired with a warning, every node's
 * shape checked against what reaches it.
 */
public final class NirImporter {

    private NirImporter() {}

    /**
     * Reads one file.
     *
     * @param file a NIR file, written by any version up to 1.0
     * @return the graph, named after the file, with its SHA-256
     * @throws ImportException when the file is missing, is no HDF5, is damaged, holds a node that is not supported, a
     *     parameter that is missing, out of range or not finite, or nodes and edges that do not fit each other; one
     *     sentence names file, node and field
     */
    public static Graph read(Path file) throws ImportException {
        return read(ModelFile.read(file, "a .nir file"));
    }

    /** Reads a file whose bytes are at hand; as above. */
    public static Graph read(ModelFile file) throws ImportException {
        String name = file.name();
        List<String> warnings = new ArrayList<>();
        NestedGraph nested = NirFile.parse(file.bytes(), name, warnings);
        try {
            Graph graph = nested.flatten(name, warnings, file.digest());
            graph = OutputShape.repair(graph);
            GraphOrder order = GraphOrder.of(graph);
            GraphShapes shapes = GraphShapes.of(graph, order);
            nested.verifyFlattenInputs(shapes);
            return graph;
        } catch (InvalidGraphException doesNotFit) {
            throw new ImportException(name + ": " + doesNotFit.getMessage(), doesNotFit);
        }
    }
}
