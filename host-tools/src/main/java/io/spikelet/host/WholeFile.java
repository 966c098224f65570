package io.spikelet.host;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a file whole or not at all: beside its place, to the medium, then over it. */
public final class WholeFile {

    /** Makes the content of a file that is not there yet. */
    @FunctionalInterface
    public interface Draft<E extends Exception> {
        void writeTo(Path draft) throws IOException, E;
    }

    private WholeFile() {}

    /**
     * Writes a file, so that a crash or a failure leaves the old one or the new one. A draft that fails is removed.
     *
     * @param file what is replaced, or begins to exist, in a folder that is there
     */
    public static <E extends Exception> void write(Path file, Draft<E> content) throws IOException, E {
        Path target = file.toAbsolutePath();
        Path draft = target.resolveSibling(target.getFileName() + ".part");
        Files.deleteIfExists(draft);
        try {
            content.writeTo(draft);
            sync(draft, StandardOpenOption.WRITE);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
        // A move is durable only once its folder is; on Linux a folder can be opened and forced like a file.
        sync(target.getParent(), StandardOpenOption.READ);
    }

    private static void sync(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }
}
