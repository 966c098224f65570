package io.spikelet.host.diff;

import io.spikelet.model.EdgeDomain;
import io.spikelet.model.Encoder;
import io.spikelet.model.Layer;
import io.spikelet.model.LearningMethod;
import io.spikelet.model.LearningRule;
import io.spikelet.model.Provenance;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.container.ModelImage;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** Compares two images: who made and signed them, how they run, and every layer. */
public final class ImageDiff {
    private final NamedLayers first;
    private final NamedLayers second;
    private final Comparison.Gathering found = new Comparison.Gathering();

    private ImageDiff(SpikingNetwork first, SpikingNetwork second) {
        this.first = NamedLayers.of(first);
        this.second = NamedLayers.of(second);
    }

    /** @param firstNetwork what is in {@code first}, checked; the second likewise */
    public static Comparison of(
            ModelImage first, SpikingNetwork firstNetwork, ModelImage second, SpikingNetwork secondNetwork) {
        ImageDiff diff = new ImageDiff(firstNetwork, secondNetwork);
        diff.found.compare("model", "version", first.version(), second.version());
        diff.found.compare("model", "signed", signer(first), signer(second));
        diff.settings(firstNetwork, secondNetwork);
        diff.layers();
        if (diff.found.isNothing() && !Arrays.equals(first.bytes(), second.bytes())) {
            // Nothing that means anything differs: headers of two lengths, or numbers that read as the same.
            diff.found.compare(
                    "model",
                    "bytes",
                    HexFormat.of().formatHex(first.digest()),
                    HexFormat.of().formatHex(second.digest()));
        }
        return diff.found.done();
    }

    private static String signer(ModelImage image) {
        return image.signer()
                .map(hash -> "by key " + HexFormat.of().formatHex(hash, 0, 8))
                .orElse("not signed");
    }

    private void settings(SpikingNetwork a, SpikingNetwork b) {
        found.compare("model", "name", a.name(), b.name());
        found.compare("model", "security counter", a.securityCounter(), b.securityCounter());
        found.compare("model", "time steps", a.timeSteps(), b.timeSteps());
        found.compare("model", "encoder", words(a.encoder()), words(b.encoder()));
        found.compare("model", "readout", words(a.readout()), words(b.readout()));
        found.compare(
                "model",
                "profile",
                a.discretisation().profile(),
                b.discretisation().profile());
        found.compare(
                "model",
                "dt in seconds",
                a.discretisation().dt(),
                b.discretisation().dt());
        found.compare("model", "learning", learning(a), learning(b));
        Provenance from = a.provenance();
        Provenance to = b.provenance();
        found.compare("model", "made of", from.sourceDigest(), to.sourceDigest());
        found.compare("model", "calibrated on", from.calibrationDigest(), to.calibrationDigest());
        found.compare("model", "made by", from.tool(), to.tool());
        found.compare("model", "float accuracy", from.floatAccuracy(), to.floatAccuracy());
        found.compare("model", "integer accuracy", from.integerAccuracy(), to.integerAccuracy());
    }

    /** Tables by what they hold; records compare arrays by where they lie. */
    private static String words(Encoder encoder) {
        return switch (encoder) {
            case Encoder.Latency latency -> "latency by table " + Arrays.toString(latency.step());
            case Encoder.SpikeTimes times ->
                "spike times of " + times.window() + " steps by table " + Arrays.toString(times.time());
            default -> encoder.toString();
        };
    }

    private static String words(Readout readout) {
        return readout.kind().name().toLowerCase(java.util.Locale.ROOT) + " of " + readout.classes() + " classes, "
                + readout.population() + " values each, exit after "
                + readout.exit().lastStep() + " or ahead by "
                + readout.exit().margin() + " for " + readout.exit().patience();
    }

    private static String learning(SpikingNetwork network) {
        return network.learning().map(rule -> learning(network, rule)).orElse("none");
    }

    private static String learning(SpikingNetwork network, LearningRule rule) {
        String names = rule.layers().stream()
                .map(index -> network.layers().get(index).name())
                .collect(Collectors.joining(", "));
        return names + ", rate " + rule.learningRate() + ", logit gain " + rule.logitGain() + ", half after "
                + rule.halving() + (rule.method().equals(LearningMethod.OTTT) ? "" : ", " + rule.method());
    }

    private void layers() {
        for (String name : first.places().keySet()) {
            Layer before = first.layer(name);
            Layer after = second.layer(name);
            if (after == null) {
                found.removed(name, described(before));
                continue;
            }
            found.compare(name, "reads", first.sources(before), second.sources(after));
            found.compare(name, "shape", before.shape(), after.shape());
            found.compare(name, "output", ends(before), ends(after));
            new OperationDiff(name, before, after, found).compare();
        }
        for (String name : second.places().keySet()) {
            if (first.layer(name) == null) {
                found.added(name, described(second.layer(name)));
            }
        }
    }

    private static String ends(Layer layer) {
        EdgeDomain output = layer.output();
        return output.kind() + (output.isLopsided() ? " " + output.minimum() : "") + " to " + output.maximum();
    }

    private static String described(Layer layer) {
        return layer.operation().getClass().getSimpleName() + " of " + layer.shape();
    }
}
