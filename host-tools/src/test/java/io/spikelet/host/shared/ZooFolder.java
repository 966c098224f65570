package io.spikelet.host.shared;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The bundled models and data sets, {@code bench-rigs/zoo} in the repository. */
public final class ZooFolder {
    private ZooFolder() {}

    /** A file in the folder; skips the calling test, by the file's name, when it is not there. */
    public static Path file(String relative) {
        Path root = Path.of("").toAbsolutePath();
        while (root.getParent() != null && !Files.exists(root.resolve("bench-rigs"))) {
            root = root.getParent();
        }
        Path file = root.resolve("bench-rigs").resolve("zoo").resolve(relative);
        Assumptions.assumeTrue(Files.exists(file), () -> "skipped: needs bench-rigs/zoo/" + relative);
        return file;
    }
}
