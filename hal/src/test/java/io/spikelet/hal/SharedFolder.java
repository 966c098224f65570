package io.spikelet.hal;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * {@code shared} beside the repository, or where the system property or environment variable {@code SPIKELET_SHARED} says.
 * It is no part of the repository; tests that need it are reported as skipped.
 */
public final class SharedFolder {
    private SharedFolder() {}

    /** A file or folder in it; skips the calling test when it is not there. */
    public static Path find(String relative) {
        Path found = root().resolve(relative);
        Assumptions.assumeTrue(Files.exists(found), () -> "skipped: needs shared/" + relative);
        return found;
    }

    private static Path root() {
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
