package io.spikelet.host.cli;

import io.spikelet.host.quantise.RoundingKind;
import io.spikelet.host.quantise.WeightRule;
import io.spikelet.model.WeightKind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    @Option(
            names = "--weights-of",
            paramLabel = "NODE=KIND",
            description = "Another kind for one node's weights; may be given several times.")
    private List<String> ofNode = List.of();

    WeightsOption() {}

    WeightRule rule() {
        Map<String, WeightKind> kinds = new LinkedHashMap<>();
        for (String given : ofNode) {
            int sign = given.lastIndexOf('=');
            Optional<WeightKind> kind = known(given.substring(sign + 1));
            if (sign < 1 || kind.isEmpty()) {
                throw new IllegalArgumentException("--weights-of is NODE=KIND, the kind one of int8, int4, ternary,"
                        + " binary or log2, not '" + given + "'");
            }
            if (kinds.put(given.substring(0, sign), kind.get()) != null) {
                throw new IllegalArgumentException(
                        "--weights-of names '" + given.substring(0, sign) + "' twice; give it one kind");
            }
        }
        return new WeightRule(kind(), rounding, wholeTensor, powersOfTwo, kinds);
    }

    /** The kind, or none for {@code auto}. */
    private Optional<WeightKind> kind() {
        if (kind.equals("auto")) {
            return Optional.empty();
        }
        return Optional.of(known(kind)
                .orElseThrow(() -> new IllegalArgumentException(
                        "--weights is auto, int8, int4, ternary, binary or log2, not '" + kind + "'")));
    }

    private static Optional<WeightKind> known(String word) {
        return Arrays.stream(WeightKind.values())
                .filter(kind -> word(kind).equals(word))
                .findFirst();
    }

    static String word(WeightKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
