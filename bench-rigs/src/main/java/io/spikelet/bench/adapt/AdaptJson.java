package io.spikelet.bench.adapt;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spikelet.host.cli.Json;
import java.io.IOException;

/** A result as one JSON object; accuracies are shares of 1, claims percent. */
final class AdaptJson {
    private AdaptJson() {}

    static String of(AdaptResult result) {
        return Json.object(json -> {
            json.writeStringField("title", result.title());
            json.writeNumberField("hidden", result.plan().hidden());
            json.writeNumberField("time_steps", result.plan().timeSteps());
            json.writeNumberField("memory_bytes", result.plan().memoryBytes());
            json.writeObjectFieldStart("means");
            for (String method : result.methods()) {
                json.writeObjectFieldStart(method);
                for (String group : result.groups()) {
                    json.writeNumberField(group, result.mean(method, group));
                }
                json.writeNumberField("held_out_before", result.before(method));
                json.writeNumberField("held_out_after", result.after(method));
                if (!Double.isNaN(result.sameDay(method))) {
                    json.writeNumberField("same_day", result.sameDay(method));
                }
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeArrayFieldStart("courses");
            for (CourseResult course : result.courses()) {
                course(json, course);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("claims");
            for (Claim claim : result.claims()) {
                json.writeStartObject();
                json.writeStringField("promise", claim.promise());
                json.writeNumberField("measured", claim.measured());
                json.writeNumberField(claim.atMost() ? "at_most" : "at_least", claim.limit());
                json.writeBooleanField("holds", claim.holds());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void course(JsonGenerator json, CourseResult result) throws IOException {
        json.writeStartObject();
        json.writeStringField("subject", result.course().subject());
        json.writeArrayFieldStart("stages");
        for (Stage stage : result.course().stages()) {
            json.writeStartObject();
            json.writeStringField("name", stage.name());
            json.writeStringField("group", stage.group());
            json.writeNumberField("learned", stage.learned().length);
            json.writeNumberField("tested", stage.tested().length);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("accuracy");
        for (Scores scores : result.scores()) {
            json.writeArrayFieldStart(scores.method());
            for (double right : scores.stages()) {
                json.writeNumber(right);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
