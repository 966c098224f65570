package io.spikelet.host.cli;

import io.spikelet.host.WholeFile;
import io.spikelet.host.formats.GraphFiles;
import io.spikelet.host.graph.Graph;
import io.spikelet.host.graph.ImportException;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.NetworkCheck;
import io.spikelet.model.NetworkCodec;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.container.ModelImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Model images as files: read within bounds, written whole or not at all. */
public final class ImageFile {
    private ImageFile() {}

    /**
     * Reads an image and proves that its network may run.
     *
     * @throws MalformedDataException naming the file, the byte and the reason
     */
    public static ModelImage read(Path file) throws IOException, MalformedDataException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (Files.size(file) > ModelImage.MAX_BYTES) {
            throw new MalformedDataException(
                    ModelImage.MAX_BYTES, file + " is larger than any model image, " + ModelImage.MAX_BYTES + " bytes");
        }
        try {
            return ModelImage.parse(Files.readAllBytes(file));
        } catch (MalformedDataException e) {
            throw e.from(file + " is not a whole model image");
        }
    }

    /** The network in an image, checked. */
    public static SpikingNetwork network(Path file, ModelImage image) throws MalformedDataException {
        try {
            SpikingNetwork network = NetworkCodec.decode(image.payload());
            NetworkCheck.verify(network);
            return network;
        } catch (MalformedDataException e) {
            throw e.from(file + " holds a network that cannot run");
        }
    }

    /**
     * The graph that an image was made from.
     *
     * @throws IllegalArgumentException when it was made from another file
     */
    public static Graph source(Path source, Path image, SpikingNetwork network) throws ImportException {
        Graph graph = GraphFiles.read(source);
        if (!graph.digest().equals(network.provenance().sourceDigest())) {
            throw new IllegalArgumentException(source + " is not the file that " + image
                    + " was made from, their SHA-256 differ; give the file that was quantised");
        }
        return graph;
    }

    /** Whether a file begins as an image does; anything else is taken for a graph. */
    static boolean looksLikeAnImage(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        try (var in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(4);
            // An empty file is nothing at all; the reader of images says so.
            return start.length == 0
                    || start.length == 4
                            && (start[0] & 0xff) == 0x3d
                            && (start[1] & 0xff) == 0xb8
                            && (start[2] & 0xff) == 0xf3
                            && (start[3] & 0xff) == 0x96;
        }
    }

    /**
     * Asks for the folder of a file that long work will end in, before that work.
     *
     * @throws NoSuchFileException when it is not there
     */
    public static void requireFolder(Path file) throws NoSuchFileException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new NoSuchFileException(file.toString(), null, "there is no such folder to write to; make it first");
        }
    }

    /** Writes an image whole or not at all. */
    public static void write(Path file, byte[] bytes) throws IOException {
        WholeFile.write(file, draft -> Files.write(draft, bytes));
    }
}
