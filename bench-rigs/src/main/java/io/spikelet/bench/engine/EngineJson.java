package io.spikelet.bench.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spikelet.bench.measure.MeasureJson;
import io.spikelet.host.cli.Json;
import java.io.IOException;

/** A result as one JSON object. Times are µs of one inference. */
final class EngineJson {
    private EngineJson() {}

    static String of(EngineResult result) {
        return Json.object(json -> {
            json.writeFieldName("machine");
            MeasureJson.machine(json, result.machine());
            json.writeArrayFieldStart("measuring_jvms");
            for (String flags : result.flags()) {
                json.writeString(flags);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("cells");
            for (EngineCell cell : result.cells()) {
                cell(json, cell);
            }
            json.writeEndArray();
        });
    }

    private static void cell(JsonGenerator json, EngineCell cell) throws IOException {
        json.writeStartObject();
        json.writeStringField("workload", cell.workload().name());
        json.writeStringField("kernels", cell.family().label());
        json.writeStringField("jvm", cell.vectors().label());
        json.writeNumberField("density", cell.density());
        MeasureJson.densities(json, cell.densities());
        json.writeNumberField("time_steps", cell.timeSteps());
        MeasureJson.spread(json, cell.micros());
        json.writeNumberField("synaptic_operations", cell.synapticOperations());
        json.writeNumberField("allocated_bytes", cell.allocatedBytes());
        json.writeNumberField("weight_bytes", cell.weightBytes());
        json.writeNumberField("image_bytes", cell.payloadBytes());
        json.writeEndObject();
    }
}
