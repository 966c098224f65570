package io.spikelet.bench.measure;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A new folder that is gone, with all that is in it, when it is closed. */
public final class TemporaryFolder implements Closeable {
    private final Path path;

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    /** @param prefix of its name, by which a person knows whose it is */
    public static TemporaryFolder create(String prefix) throws IOException {
        return new TemporaryFolder(Files.createTempDirectory(prefix));
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
