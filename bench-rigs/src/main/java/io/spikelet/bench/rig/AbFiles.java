package io.spikelet.bench.rig;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spikelet.bench.energy.PairedComparison;
import io.spikelet.bench.measure.Machine;
import io.spikelet.bench.measure.MeasureJson;
import io.spikelet.host.cli.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** The files of a comparison of two images. */
final class AbFiles {
    private AbFiles() {}

    /**
     * Under what circumstances two images were compared.
     *
     * @param dut as it was written
     * @param inputs of the windows
     * @param seed of the order
     */
    record Setting(
            Instant started,
            String dut,
            Dut.Identity identity,
            Manifest.ImageFacts a,
            Manifest.ImageFacts b,
            String inputs,
            WindowRules rules,
            long seed,
            Machine host) {}

    /** Keeps them all, or none. */
    static Path keep(ResultsFolder results, Setting setting, AbResult result) throws IOException {
        return results.keep(setting.started(), setting.identity().name() + "-ab", draft -> {
            ResultsFolder.write(draft, ResultsFolder.RESULT, json(setting, result, Optional.empty()));
            ResultsFolder.write(draft, "pairs.csv", pairs(result));
            ResultsFolder.write(draft, "report.html", AbReport.of(setting, result));
        });
    }

    /** @param folder where it is kept, which its own file does not say */
    static String json(Setting setting, AbResult result, Optional<Path> folder) {
        return Json.object(json -> {
            json.writeNumberField("format", RunJson.FORMAT);
            json.writeStringField("kind", "ab");
            if (folder.isPresent()) {
                json.writeStringField("folder", folder.get().toString());
            }
            manifest(json, setting, result);
            comparison(json, "energy", result.energy());
            comparison(json, "time", result.time());
            json.writeNumberField("refused_pairs", result.refused());
            json.writeArrayFieldStart("pairs");
            for (int i = 0; i < result.a().size(); i++) {
                json.writeStartObject();
                json.writeBooleanField("a_first", result.aFirst().get(i));
                json.writeNumberField("a_microjoules", result.a().get(i).microjoules());
                json.writeNumberField("b_microjoules", result.b().get(i).microjoules());
                json.writeNumberField(
                        "a_microseconds", AbResult.micros(result.a().get(i)));
                json.writeNumberField(
                        "b_microseconds", AbResult.micros(result.b().get(i)));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("findings");
            for (String note : result.notes()) {
                json.writeString(note);
            }
            json.writeEndArray();
        });
    }

    private static void manifest(JsonGenerator json, Setting setting, AbResult result) throws IOException {
        json.writeObjectFieldStart("manifest");
        json.writeStringField("started", setting.started().toString());
        json.writeStringField("dut", setting.dut());
        json.writeStringField("device", setting.identity().name());
        json.writeStringField(
                "model", setting.a().file() + " against " + setting.b().file());
        image(json, "a", setting.a());
        image(json, "b", setting.b());
        json.writeStringField("inputs", setting.inputs());
        json.writeNumberField("least_seconds", setting.rules().seconds());
        json.writeNumberField("seed", setting.seed());
        json.writeStringField("meter", result.traits().source());
        json.writeBooleanField("simulated", result.simulated());
        json.writeBooleanField("idle_subtracted", result.idleSubtracted());
        json.writeFieldName("host");
        MeasureJson.machine(json, setting.host());
        json.writeEndObject();
    }

    private static void image(JsonGenerator json, String field, Manifest.ImageFacts image) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("file", image.file());
        json.writeStringField("name", image.name());
        json.writeStringField("version", image.version());
        json.writeStringField("digest", image.digest());
        json.writeEndObject();
    }

    private static void comparison(JsonGenerator json, String field, Optional<PairedComparison> comparison)
            throws IOException {
        if (comparison.isEmpty()) {
            return;
        }
        PairedComparison found = comparison.get();
        json.writeObjectFieldStart(field);
        json.writeNumberField("pairs", found.pairs());
        EnergyJson.interval(json, "b_over_a", found.ratio());
        EnergyJson.interval(json, "b_minus_a", found.difference());
        json.writeNumberField("p_student", found.student());
        json.writeNumberField("p_permutation", found.permutation());
        json.writeNumberField("p_sign", found.sign());
        json.writeEndObject();
    }

    private static String pairs(AbResult result) {
        StringBuilder csv = new StringBuilder("pair,first,a_microjoules,b_microjoules,a_microseconds,b_microseconds\n");
        for (int i = 0; i < result.a().size(); i++) {
            csv.append(String.format(
                    Locale.ROOT,
                    "%d,%s,%.6g,%.6g,%.6g,%.6g%n",
                    i + 1,
                    result.aFirst().get(i) ? "a" : "b",
                    result.a().get(i).microjoules(),
                    result.b().get(i).microjoules(),
                    AbResult.micros(result.a().get(i)),
                    AbResult.micros(result.b().get(i))));
        }
        return csv.toString();
    }
}
