package io.spikelet.bench.start;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spikelet.bench.measure.Machine;
import io.spikelet.bench.measure.MeasureJson;
import io.spikelet.host.cli.Json;
import java.io.IOException;
import java.util.List;

/** Starts as one JSON object. */
final class StartJson {
    private StartJson() {}

    static String of(Machine machine, int repeats, List<StartRow> rows) {
        return Json.object(json -> {
            json.writeFieldName("machine");
            MeasureJson.machine(json, machine);
            json.writeNumberField("repeats", repeats);
            json.writeArrayFieldStart("starts");
            for (StartRow row : rows) {
                row(json, row);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("limits");
            for (StartLimit limit : StartLimit.judge(rows)) {
                json.writeStartObject();
                json.writeStringField("workload", limit.row().workload().name());
                json.writeStringField("start", limit.row().starter().name());
                json.writeNumberField("milliseconds", limit.millis());
                json.writeNumberField("mebibytes", limit.mebibytes());
                json.writeBooleanField("holds", limit.holds());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void row(JsonGenerator json, StartRow row) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", row.starter().name());
        json.writeStringField("workload", row.workload().name());
        json.writeObjectFieldStart("milliseconds");
        MeasureJson.spread(json, row.millis());
        json.writeEndObject();
        json.writeObjectFieldStart("peak_mebibytes");
        MeasureJson.spread(json, row.peakMebibytes());
        json.writeEndObject();
        json.writeArrayFieldStart("flags");
        for (String flag : row.starter().flags()) {
            json.writeString(flag);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
