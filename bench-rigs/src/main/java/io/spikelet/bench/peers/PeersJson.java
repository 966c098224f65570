package io.spikelet.bench.peers;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spikelet.bench.measure.Machine;
import io.spikelet.bench.measure.MeasureJson;
import io.spikelet.bench.measure.Timing;
import io.spikelet.host.cli.Json;
import java.io.IOException;
import java.util.List;

/** A result as one JSON object. Times are µs of one inference. */
final class PeersJson {
    private PeersJson() {}

    static String of(PeersResult result) {
        return Json.object(json -> {
            json.writeArrayFieldStart("machines");
            for (Machine machine : result.machines()) {
                MeasureJson.machine(json, machine);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("cells");
            for (PeersCell cell : result.cells()) {
                cell(json, cell);
            }
            json.writeEndArray();
            python(json, result);
            floors(json, result.floors());
        });
    }

    private static void cell(JsonGenerator json, PeersCell cell) throws IOException {
        json.writeStartObject();
        json.writeStringField("workload", cell.workload().name());
        json.writeStringField("jvm", cell.vectors().label());
        json.writeNumberField("density", cell.density());
        json.writeNumberField("time_steps", cell.timeSteps());
        MeasureJson.densities(json, cell.densities());
        json.writeNumberField("synaptic_operations", cell.synapticOperations());
        json.writeArrayFieldStart("contenders");
        for (Timing timing : cell.ours()) {
            contender(json, cell, "spikelet " + timing.name(), timing);
        }
        for (Timing timing : cell.peers()) {
            contender(json, cell, timing.name(), timing);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void contender(JsonGenerator json, PeersCell cell, String name, Timing timing) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        MeasureJson.timing(json, timing);
        MeasureJson.ratio(json, "times_as_fast_as_int8", cell.against(timing));
        json.writeEndObject();
    }

    private static void python(JsonGenerator json, PeersResult result) throws IOException {
        json.writeArrayFieldStart("python");
        for (PythonPeers.Finding finding : result.python()) {
            json.writeStartObject();
            json.writeStringField("peer", finding.peer());
            json.writeStringField("workload", finding.workload());
            json.writeNumberField("time_steps", finding.timeSteps());
            MeasureJson.spread(json, finding.micros());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("absent");
        for (String reason : result.absent()) {
            json.writeString(reason);
        }
        json.writeEndArray();
    }

    static void floors(JsonGenerator json, List<Floor> floors) throws IOException {
        json.writeArrayFieldStart("floors");
        for (Floor floor : floors) {
            json.writeStartObject();
            json.writeStringField("promise", floor.promise());
            json.writeNumberField("floor", floor.floor());
            if (!Double.isNaN(floor.aim())) {
                json.writeNumberField("aim", floor.aim());
            }
            json.writeBooleanField("at_most", floor.atMost());
            MeasureJson.ratio(json, "measured", floor.measured());
            json.writeBooleanField("holds", floor.holds());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
