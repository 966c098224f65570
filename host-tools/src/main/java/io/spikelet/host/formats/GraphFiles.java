package io.spikelet.host.formats;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.ModelFile;
import io.spikelet.host.lava.LavaImporter;
import io.spikelet.host.layers.LayerImporter;
import io.spikelet.host.nir.NirImporter;
import io.spikelet.host.onnx.OnnxImporter;
import io.spikelet.host.onnx.OnnxIntegers;
import java.nio.file.Path;

/** Reads a trained model of real numbers, of any format that is known. */
public final class GraphFiles {
    private static final String EXPECTED = "a model: .nir, .onnx or .json";

    private GraphFiles() {}

    /**
     * Reads one file; what it is, its first bytes and its name tell.
     *
     * @throws ImportException when the file cannot be read, or is not what its importer takes; one sentence names file,
     *     place and remedy
     */
    public static Graph read(Path file) throws ImportException {
        if (LavaImporter.isMeantBy(file)) {
            throw new ImportException(file + ": is a network of integers, which has no graph of real numbers; give the"
                    + " file to import, inspect, quantise or evaluate as the model");
        }
        return read(open(file));
    }

    /** Reads a file whose bytes are at hand; as above. */
    public static Graph read(ModelFile file) throws ImportException {
        if (file.name().endsWith(".json")) {
            return LayerImporter.read(file);
        }
        return isOnnx(file) ? OnnxImporter.read(file) : NirImporter.read(file);
    }

    /** The bytes of one file. */
    public static ModelFile open(Path file) throws ImportException {
        return ModelFile.read(file, EXPECTED);
    }

    /** Whether a file's weights are integers already, which {@link io.spikelet.host.onnx.OnnxIntegers} takes as they are. */
    public static boolean holdsIntegers(ModelFile file) throws ImportException {
        return isOnnx(file) && OnnxIntegers.areIn(file);
    }

    private static boolean isOnnx(ModelFile file) {
        return file.name().endsWith(".onnx");
    }
}
