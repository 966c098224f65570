package io.spikelet.host.cli;

import io.spikelet.model.container.Version;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What an image is called and counted as: the options of the verbs that make one of a model. */
final class NamingOption {
    @Option(
            names = "--name",
            paramLabel = "TEXT",
            description = "The model's name on the board; the file's by default.")
    private String name;

    @Option(
            names = "--model-version",
            defaultValue = "1.0.0",
            paramLabel = "X.Y.Z[+B]",
            description = "The image's version (default: ${DEFAULT-VALUE}).")
    private Version version;

    @Option(
            names = "--security-counter",
            defaultValue = "0",
            paramLabel = "N",
            description = "A board never goes back below the highest counter it has confirmed"
                    + " (default: ${DEFAULT-VALUE}).")
    private long securityCounter;

    NamingOption() {}

    /** The name that was given, or the file's without its ending. */
    String nameOf(Path model) {
        return name == null ? model.getFileName().toString().replaceFirst("\\.[^.]*$", "") : name;
    }

    Version version() {
        return version;
    }

    long securityCounter() {
        return securityCounter;
    }
}
