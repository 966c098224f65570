package io.spikelet.host.cli;

import io.spikelet.model.WeightKind;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What kind of integers weights become. */
final class WeightsOption {
    @Option(
            names = "--weights",
            defaultValue = "auto",
            paramLabel = "KIND",
            description = "int8, int4, ternary, binary or log2 for all layers; auto: binary or ternary where a layer's"
                    + " weights are exactly that, else int8 (default: ${DEFAULT-VALUE}).")
    private String kind;

    WeightsOption() {}

    /** The kind, or none for {@code auto}. */
    Optional<WeightKind> chosen() {
        if (kind.equals("auto")) {
            return Optional.empty();
        }
        for (WeightKind known : WeightKind.values()) {
            if (word(known).equals(kind)) {
                return Optional.of(known);
            }
        }
        throw new IllegalArgumentException(
                "--weights is auto, int8, int4, ternary, binary or log2, not '" + kind + "'");
    }

    static String word(WeightKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
