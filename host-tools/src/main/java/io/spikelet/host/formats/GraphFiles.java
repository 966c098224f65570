package io.spikelet.host.formats;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.ModelFile;
import io.spikelet.host.nir.NirImporter;
import io.spikelet.host.onnx.OnnxImporter;
import java.nio.file.Path;

/** Reads a trained model of any format that is known. */
public final class GraphFiles {
    private static final String EXPECTED = "a model: .nir or .onnx";

    private GraphFiles() {}

    /**
     * Reads one file; what it is, its first bytes and its name tell.
     *
     * @throws ImportException when the file cannot be read, or is not what its importer takes; one sentence names file,
     *     place and remedy
     */
    public static Graph read(Path file) throws ImportException {
        ModelFile model = ModelFile.read(file, EXPECTED);
        return model.name().endsWith(".onnx") ? OnnxImporter.read(model) : NirImporter.read(model);
    }
}
