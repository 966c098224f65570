package io.spikelet.hal.events;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Assumptions;

/**
 * Real recordings in {@code shared/data} beside the repository, or where the system property or environment variable
 * {@code SPIKELET_SHARED} says. They are no part of the repository; tests that need them are reported as skipped.
 */
final class SharedRecordings {
    private SharedRecordings() {}

    /** Opens a recording, {@code file} or {@code archive.zip!entry}; skips the calling test when it is not there. */
    static EventSource open(String relative) throws IOException {
        String[] parts = relative.split("!");
        Path file = folder().resolve("data").resolve(parts[0]);
        Assumptions.assumeTrue(Files.exists(file), () -> "skipped: needs shared/data/" + relative);
        if (parts.length == 1) {
            return EventFiles.open(file);
        }
        try (ZipFile archive = new ZipFile(file.toFile());
                InputStream entry = archive.getInputStream(archive.getEntry(parts[1]))) {
            return EventFiles.read(relative, new ByteArrayInputStream(entry.readAllBytes()));
        }
    }

    private static Path folder() {
        String named = System.getProperty("SPIKELET_SHARED", System.getenv("SPIKELET_SHARED"));
        if (named != null) {
            return Path.of(named);
        }
        Path root = Path.of("").toAbsolutePath();
        while (root.getParent() != null && !Files.exists(root.resolve(".mvn"))) {
            root = root.getParent();
        }
        return root.resolveSibling("shared");
    }
}
