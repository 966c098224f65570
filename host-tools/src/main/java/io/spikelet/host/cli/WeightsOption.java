package io.spikelet.host.cli;

import io.spikelet.host.quantise.RoundingKind;
import io.spikelet.host.quantise.WeightRule;
import io.spikelet.model.WeightKind;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What kind of integers weights become, and how. */
final class WeightsOption {
    @Option(
            names = "--weights",
            defaultValue = "auto",
            paramLabel = "KIND",
            description = "int8, int4, ternary, binary or log2 for all layers; auto: binary or ternary where a layer's"
                    + " weights are exactly that, else int8 (default: ${DEFAULT-VALUE}).")
    private String kind;

    @Option(
            names = "--rounding",
            defaultValue = "nearest",
            paramLabel = "KIND",
            description =
                    "How int8 and int4 round: nearest, or adaptive, which makes what weights add to membranes right"
                            + " on the samples of --split (default: ${DEFAULT-VALUE}).")
    private RoundingKind rounding;

    @Option(names = "--one-scale", description = "One scale for all channels of a layer, not one for each.")
    private boolean wholeTensor;

    @Option(names = "--powers-of-two", description = "Scales that are powers of two.")
    private boolean powersOfTwo;

    WeightsOption() {}

    WeightRule rule() {
        return new WeightRule(kind(), rounding, wholeTensor, powersOfTwo);
    }

    /** The kind, or none for {@code auto}. */
    private Optional<WeightKind> kind() {
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
