package io.spikelet.host.shared;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * The folder of third-party models and recordings, {@code shared} beside the repository, or where the system property
 * or environment variable {@code SPIKELET_SHARED} says. It is no part of the repository; tests that need it are
 * reported as skipped where it is absent.
 */
public final class SharedFolder {
    private SharedFolder() {}

    /** A file in the folder; skips the calling test, by the file's name, when it is not there. */
    public static Path file(String relative) {
        Path file = folder().resolve(relative);
        Assumptions.assumeTrue(Files.exists(file), () -> "skipped: needs shared/" + relative);
        return file;
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
