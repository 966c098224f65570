package io.spikelet.bench.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;

/** The final figures for scripts. */
final class JourneyJson {
    private JourneyJson() {}

    static String of(JourneyResult result, Path report) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeObjectFieldStart("accuracy");
            json.writeNumberField("float", result.floating().share());
            json.writeNumberField("float_shifted", result.floatShifted().share());
            comparison(json, "before", result.before());
            comparison(json, "shifted", result.shifted());
            comparison(json, "learned", result.learned().after());
            comparison(json, "control", result.control().after());
            comparison(json, "learned_unshifted", result.originalAfterLearning());
            json.writeEndObject();
            json.writeNumberField("won_back", result.wonBack(result.learned()));
            json.writeNumberField("won_back_control", result.wonBack(result.control()));
            json.writeNumberField("disagreeing_samples", result.disagreeing());
            json.writeNumberField("compared_samples", result.compared());
            json.writeBooleanField("pulled_equals_host_twin", result.pulledEqualsTwin());
            json.writeNumberField("image_bytes", result.imageBytes());
            json.writeNumberField("median_microseconds", result.before().medianMicroseconds());
            json.writeNumberField("spikes_per_inference", result.before().spikesPerInference());
            json.writeNumberField(
                    "synaptic_operations_per_inference", result.before().operationsPerInference());
            json.writeNumberField("upload_resumed_at", result.plug().resumedAt());
            json.writeNumberField("births", result.births());
            json.writeNumberField("seconds", result.seconds());
            json.writeStringField("report", report.toAbsolutePath().toString());
            json.writeArrayFieldStart("failures");
            for (String failure : result.failures()) {
                json.writeString(failure);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void comparison(JsonGenerator json, String name, Comparison comparison) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("host", comparison.host().share());
        json.writeNumberField("board", comparison.board().share());
        json.writeEndObject();
    }
}
