package io.spikelet.bench.rig;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spikelet.bench.measure.MeasureJson;
import io.spikelet.bench.measure.Spread;
import io.spikelet.host.cli.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A run as one JSON object: what {@code result.json} holds and {@code --json} prints. */
final class RunJson {
    /** Raised when a field changes its meaning. */
    static final int FORMAT = 1;

    private RunJson() {}

    /** @param folder where the run is kept, which its own file does not say */
    static String of(RunResult result, Optional<Path> folder) {
        return Json.object(json -> {
            json.writeNumberField("format", FORMAT);
            if (folder.isPresent()) {
                json.writeStringField("folder", folder.get().toString());
            }
            manifest(json, result.manifest());
            if (result.incomplete().isPresent()) {
                json.writeObjectFieldStart("incomplete");
                json.writeStringField("phase", result.incomplete().get().phase().word());
                json.writeStringField("why", result.incomplete().get().why());
                json.writeEndObject();
            }
            if (result.accuracy().isPresent()) {
                accuracy(json, result.accuracy().get());
            }
            if (result.performance().isPresent()) {
                performance(json, result.performance().get());
            }
            if (result.energy().isPresent()) {
                EnergyJson.write(json, result.energy().get());
            }
            if (result.models().isPresent()) {
                EnergyJson.models(json, result.models().get(), result.energy());
            }
            strings(json, "refusals", result.refusals());
            strings(json, "findings", result.findings());
        });
    }

    private static void manifest(JsonGenerator json, Manifest manifest) throws IOException {
        json.writeObjectFieldStart("manifest");
        json.writeStringField("started", manifest.started().toString());
        json.writeStringField("dut", manifest.dut());
        json.writeStringField("device", manifest.identity().name());
        json.writeStringField("profile", manifest.identity().profile());
        json.writeStringField("model", manifest.identity().model());
        if (manifest.image().isPresent()) {
            Manifest.ImageFacts image = manifest.image().get();
            json.writeObjectFieldStart("image");
            json.writeStringField("file", image.file());
            json.writeStringField("name", image.name());
            json.writeStringField("version", image.version());
            json.writeStringField("digest", image.digest());
            json.writeEndObject();
        }
        json.writeStringField("inputs", manifest.inputs());
        WindowRules rules = manifest.rules();
        json.writeObjectFieldStart("rules");
        json.writeNumberField("windows", rules.windows());
        json.writeNumberField("least_seconds", rules.seconds());
        json.writeNumberField("warmups", rules.warmups());
        json.writeNumberField("most_scatter", rules.scatter());
        json.writeBooleanField("by_the_rules", rules.ruled());
        json.writeEndObject();
        strings(json, "modes", manifest.modes().stream().map(Mode::word).toList());
        json.writeFieldName("host");
        MeasureJson.machine(json, manifest.host());
        json.writeEndObject();
    }

    private static void accuracy(JsonGenerator json, AccuracyResult accuracy) throws IOException {
        json.writeObjectFieldStart("accuracy");
        json.writeStringField("data", accuracy.data());
        json.writeNumberField("samples", accuracy.top1().count());
        json.writeNumberField("correct", accuracy.top1().correct());
        json.writeNumberField("top1", accuracy.top1().share());
        json.writeNumberField("low", accuracy.top1().interval().low());
        json.writeNumberField("high", accuracy.top1().interval().high());
        json.writeNumberField("runner_accuracy", accuracy.runner().accuracy());
        number(json, "runner_auc", accuracy.runner().areaUnderCurve());
        if (accuracy.timed()) {
            Spread spread = Spread.of(accuracy.micros());
            json.writeObjectFieldStart("single_inference_us");
            MeasureJson.spread(json, spread);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void performance(JsonGenerator json, PerformanceResult performance) throws IOException {
        json.writeObjectFieldStart("performance");
        json.writeBooleanField("refused", performance.refusal().isPresent());
        if (performance.refusal().isEmpty()) {
            json.writeNumberField("inferences_per_second", performance.perSecond());
        }
        json.writeNumberField("scatter", performance.scatter());
        json.writeArrayFieldStart("windows");
        for (Window window : performance.windows()) {
            json.writeStartObject();
            json.writeNumberField("sample", window.sample());
            json.writeNumberField("inferences", window.inferences());
            json.writeNumberField("seconds", window.seconds());
            json.writeNumberField("inferences_per_second", window.perSecond());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** JSON knows no number that is none. */
    static void number(JsonGenerator json, String field, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(field, value);
        } else {
            json.writeNullField(field);
        }
    }

    private static void strings(JsonGenerator json, String field, List<String> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
