package io.spikelet.host.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spikelet.host.inspect.Interval;
import io.spikelet.host.inspect.LayerFacts;
import io.spikelet.host.inspect.StoredBytes;
import io.spikelet.host.report.TextTable;
import io.spikelet.model.LearningMethod;
import io.spikelet.model.LearningRule;
import io.spikelet.model.Provenance;
import io.spikelet.model.Readout;
import io.spikelet.model.SpikingNetwork;
import io.spikelet.model.container.ModelImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An image for a person, or as JSON.
 *
 * @param signature whose it is, in words
 */
record ImageText(ModelImage image, String signature, SpikingNetwork network) {

    String table() {
        StringBuilder text = new StringBuilder();
        line(text, "model", network.name() + " " + image.version());
        line(text, "hash", HexFormat.of().formatHex(image.digest()));
        line(text, "signature", signature);
        line(text, "bytes", bytes());
        line(text, "security counter", Long.toString(network.securityCounter()));
        line(text, "time steps", network.timeSteps() + ", encoder " + encoder());
        line(text, "profile", network.discretisation().profile() + time());
        line(text, "readout", readout(network.readout()));
        line(text, "learning", network.learning().map(this::learning).orElse("none"));
        int tests = network.selfTests().size();
        line(text, "self-tests", tests == 0 ? "none; a board serves it unchecked" : Integer.toString(tests));
        provenance().forEach((words) -> line(text, words[0], words[1]));
        List<LayerFacts> layers = LayerFacts.of(network);
        text.append('\n');
        layers(layers).appendTo(text);
        TextTable neurons = neurons(layers);
        if (!neurons.isEmpty()) {
            text.append('\n');
            neurons.appendTo(text);
        }
        return text.toString().stripTrailing();
    }

    private static void line(StringBuilder text, String word, String value) {
        text.append(String.format("%-18s%s%n", word, value));
    }

    private String bytes() {
        StoredBytes stored = StoredBytes.of(network);
        return image.size() + ": " + stored.weights() + " of weights, " + stored.parameters() + " of parameters, "
                + stored.tables() + " of tables, " + (image.size() - stored.total()) + " of the rest";
    }

    private String encoder() {
        return network.encoder().word() + ", " + network.sampleBytes() + " bytes a sample";
    }

    private String time() {
        double dt = network.discretisation().dt();
        return dt == 0 ? ", no time in seconds" : ", dt " + dt + " s";
    }

    private static String readout(Readout readout) {
        String what = switch (readout.kind()) {
            case COUNT -> "spike counts of ";
            case POTENTIAL -> "summed potentials of ";
            case FIRST_SPIKE -> "first spikes of ";
        };
        Readout.Exit exit = readout.exit();
        return what + readout.classes() + " classes, " + readout.population() + " values each"
                + (exit.lastStep() > 0 ? ", ends after step " + exit.lastStep() : "")
                + (exit.margin() > 0
                        ? ", ends early when ahead by " + exit.margin() + " for " + exit.patience() + " steps"
                        : "");
    }

    private String learning(LearningRule rule) {
        List<String> names =
                rule.layers().stream().map(i -> network.layers().get(i).name()).toList();
        return words(rule.method()) + " in " + String.join(", ", names) + "; rate " + rule.learningRate()
                + ", logit gain " + rule.logitGain() + (rule.halving() > 0 ? ", half after " + rule.halving() : "");
    }

    /** A learning method, as a person says it. */
    static String words(LearningMethod method) {
        StringBuilder words = new StringBuilder(
                switch (method.kind()) {
                    case OTTT -> "OTTT";
                    case OTTT_ONLINE -> "OTTT after each step";
                    case E_PROP -> "e-prop, eligibility decay " + method.eligibilityDecay();
                    case REWARD -> "rewards, eligibility decay " + method.eligibilityDecay();
                    case PROXY -> "proxy of rectified sums";
                    case CALIBRATION -> "calibration by extrema, clip of membranes " + method.membraneClip();
                    case FLIP -> "flips at " + method.flipLevel() + ", decay " + method.flipDecay();
                });
        if (method.feedback() == LearningMethod.Feedback.RANDOM) {
            words.append(", random feedback");
        }
        if (method.optimiser() != LearningMethod.Optimiser.SGD) {
            boolean kept = method.optimiser() == LearningMethod.Optimiser.MOMENTUM;
            words.append(kept ? ", momentum " + method.momentum() : ", adaptive steps");
        }
        if (method.clip() < LearningMethod.MOST_CLIP) {
            words.append(", clip " + method.clip());
        }
        if (method.learnsThresholds()) {
            words.append(method.learnsWeights() ? ", thresholds too" : ", thresholds alone");
            words.append(method.thresholdRate() > 0 ? " at rate " + method.thresholdRate() : "");
            words.append(", floor " + method.thresholdFloor());
        }
        return words.toString();
    }

    private List<String[]> provenance() {
        Provenance made = network.provenance();
        List<String[]> lines = new ArrayList<>();
        lines.add(new String[] {"made by", made.tool() + " from " + made.sourceDigest()});
        if (!made.calibrationDigest().isEmpty()) {
            lines.add(new String[] {"calibrated on", made.calibrationDigest()});
        }
        if (!Double.isNaN(made.floatAccuracy()) || !Double.isNaN(made.integerAccuracy())) {
            lines.add(new String[] {
                "accuracy there", share(made.floatAccuracy()) + " float, " + share(made.integerAccuracy()) + " integer"
            });
        }
        return lines;
    }

    private static String share(double accuracy) {
        return Double.isNaN(accuracy) ? "unknown" : String.format(Locale.ROOT, "%.4f", accuracy);
    }

    private static TextTable layers(List<LayerFacts> layers) {
        TextTable table = new TextTable(
                        "layer",
                        "#",
                        "kind",
                        "output",
                        "weights",
                        "bytes",
                        "zero",
                        "LSB",
                        "at most",
                        "spare bits",
                        "from")
                .endingInWords();
        for (LayerFacts facts : layers) {
            Optional<LayerFacts.Weights> weights = facts.weights();
            table.row(
                    facts.layer().name(),
                    Integer.toString(facts.index()),
                    facts.kind(),
                    facts.layer().shape().toString(),
                    weights.map(w -> WeightsOption.word(w.kind()) + (w.learns() ? ", learns" : ""))
                            .orElse(""),
                    facts.bytes().total() == 0
                            ? ""
                            : Long.toString(facts.bytes().total()),
                    weights.map(w -> String.format(Locale.ROOT, "%.1f %%", 100.0 * w.zeros() / w.count()))
                            .orElse(""),
                    weights.map(w -> w.scale().toString()).orElse(""),
                    facts.bound().what() + " " + facts.bound().proved(),
                    String.format(Locale.ROOT, "%.1f", facts.bound().marginBits()),
                    String.join(", ", facts.from()));
        }
        return table;
    }

    private static TextTable neurons(List<LayerFacts> layers) {
        TextTable table = new TextTable(
                "neurons", "gives", "fires at", "threshold", "in LSBs", "leak", "current leak", "reset", "sets");
        for (LayerFacts facts : layers) {
            if (facts.neurons().isPresent()) {
                LayerFacts.Neurons n = facts.neurons().get();
                boolean fires = !n.fires().isEmpty();
                table.row(
                        facts.layer().name(),
                        n.gives(),
                        n.fires(),
                        fires ? n.realThreshold().toString() : "",
                        fires ? n.threshold() + (n.steps() > 1 ? " in " + n.steps() + " rows" : "") : "",
                        n.leak().toString(),
                        n.synapticLeak().map(Interval::toString).orElse(""),
                        n.reset(),
                        Integer.toString(n.sets()));
            }
        }
        return table;
    }

    String json() {
        StoredBytes stored = StoredBytes.of(network);
        return Json.object(json -> {
            json.writeStringField("name", network.name());
            json.writeStringField("version", image.version().toString());
            json.writeStringField("hash", HexFormat.of().formatHex(image.digest()));
            json.writeStringField("signature", signature);
            if (image.signer().isPresent()) {
                json.writeStringField(
                        "signer", HexFormat.of().formatHex(image.signer().get()));
            }
            json.writeNumberField("bytes", image.size());
            json.writeNumberField("weight_bytes", stored.weights());
            json.writeNumberField("parameter_bytes", stored.parameters());
            json.writeNumberField("table_bytes", stored.tables());
            json.writeNumberField("security_counter", network.securityCounter());
            json.writeNumberField("self_tests", network.selfTests().size());
            json.writeNumberField("time_steps", network.timeSteps());
            json.writeStringField("encoder", network.encoder().word());
            json.writeNumberField("sample_bytes", network.sampleBytes());
            json.writeStringField("profile", network.discretisation().profile());
            json.writeNumberField("dt_seconds", network.discretisation().dt());
            json.writeStringField("readout", network.readout().kind().name().toLowerCase(Locale.ROOT));
            json.writeNumberField("classes", network.readout().classes());
            json.writeNumberField("population", network.readout().population());
            json.writeBooleanField("learns", network.learning().isPresent());
            if (network.learning().isPresent()) {
                json.writeStringField(
                        "learning_method", words(network.learning().get().method()));
                json.writeNumberField("learning_rate", network.learning().get().learningRate());
                json.writeNumberField("logit_gain", network.learning().get().logitGain());
            }
            provenance(json, network.provenance());
            json.writeArrayFieldStart("layers");
            for (LayerFacts facts : LayerFacts.of(network)) {
                json.writeStartObject();
                layer(json, facts);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void provenance(JsonGenerator json, Provenance made) throws IOException {
        json.writeStringField("tool", made.tool());
        json.writeStringField("source_sha256", made.sourceDigest());
        json.writeStringField("calibration_sha256", made.calibrationDigest());
        if (!Double.isNaN(made.floatAccuracy())) {
            json.writeNumberField("float_accuracy", made.floatAccuracy());
        }
        if (!Double.isNaN(made.integerAccuracy())) {
            json.writeNumberField("integer_accuracy", made.integerAccuracy());
        }
    }

    private static void layer(JsonGenerator json, LayerFacts facts) throws IOException {
        json.writeStringField("name", facts.layer().name());
        json.writeStringField("kind", facts.layer().operation().getClass().getSimpleName());
        json.writeStringField("does", facts.kind());
        json.writeStringField("output", facts.layer().shape().toString());
        json.writeNumberField("maximum", facts.layer().output().maximum());
        json.writeNumberField("minimum", facts.layer().output().minimum());
        Json.strings(json, "from", facts.from());
        if (facts.weights().isPresent()) {
            LayerFacts.Weights weights = facts.weights().get();
            json.writeStringField("weights", WeightsOption.word(weights.kind()));
            json.writeNumberField("weight_count", weights.count());
            json.writeNumberField("weight_bytes", facts.bytes().weights());
            json.writeNumberField("zero_weights", weights.zeros());
            json.writeNumberField("largest_weight", weights.largest());
            Json.interval(json, "scale", weights.scale());
            json.writeBooleanField("learns", weights.learns());
        }
        json.writeNumberField("parameter_bytes", facts.bytes().parameters());
        json.writeNumberField("table_bytes", facts.bytes().tables());
        json.writeNumberField(facts.bound().what() + "_maximum", facts.bound().proved());
        json.writeNumberField("spare_bits", facts.bound().marginBits());
        if (facts.neurons().isPresent()) {
            LayerFacts.Neurons neurons = facts.neurons().get();
            json.writeStringField("gives", neurons.gives());
            if (!neurons.fires().isEmpty()) {
                json.writeStringField("fires_at", neurons.fires());
                Json.interval(json, "threshold", neurons.realThreshold());
                Json.interval(json, "threshold_lsb", neurons.threshold());
            }
            Json.interval(json, "leak", neurons.leak());
            if (neurons.synapticLeak().isPresent()) {
                Json.interval(json, "current_leak", neurons.synapticLeak().get());
            }
            json.writeStringField("reset", neurons.reset());
            json.writeNumberField("threshold_rows", neurons.steps());
            json.writeNumberField("parameter_sets", neurons.sets());
        }
    }
}
