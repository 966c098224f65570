package io.spikelet.host.nir;

import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.GraphOrder;
import io.spikelet.host.graph.GraphShapes;
import io.spikelet.host.graph.ImportException;
import io.spikelet.host.graph.InvalidGraphException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads a NIR file into a {@link Graph}: nested graphs flattened, obvious slips repaired with a warning, every node's
 * shape checked against what reaches it.
 */
public final class NirImporter {

    /** The largest file that is read, in bytes. */
    public static final long MAX_FILE_BYTES = 256L << 20;

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
        String name = file.getFileName() == null
                ? file.toString()
                : file.getFileName().toString();
        byte[] bytes = load(file, name);
        List<String> warnings = new ArrayList<>();
        NestedGraph nested = NirFile.parse(bytes, name, warnings);
        try {
            Graph graph = nested.flatten(name, warnings, digest(bytes));
            graph = OutputShape.repair(graph);
            GraphOrder order = GraphOrder.of(graph);
            GraphShapes shapes = GraphShapes.of(graph, order);
            nested.verifyFlattenInputs(shapes);
            return graph;
        } catch (InvalidGraphException doesNotFit) {
            throw new ImportException(name + ": " + doesNotFit.getMessage(), doesNotFit);
        }
    }

    private static byte[] load(Path file, String name) throws ImportException {
        try {
            if (Files.isDirectory(file)) {
                throw new ImportException(file + ": is a folder; give a .nir file");
            }
            long size = Files.size(file);
            if (size > MAX_FILE_BYTES) {
                throw new ImportException(name + ": has " + size + " bytes, more than the " + MAX_FILE_BYTES
                        + " that are read; check that it is the right file");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw new ImportException(file + ": there is no such file; check the path", missing);
        } catch (IOException unreadable) {
            throw new ImportException(
                    file + ": cannot be read (" + unreadable.getMessage() + "); check its permissions", unreadable);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }
}
