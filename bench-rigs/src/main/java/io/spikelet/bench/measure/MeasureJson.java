package io.spikelet.bench.measure;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spikelet.bench.workload.LayerDensity;
import java.io.IOException;
import java.util.List;

/** What every benchmark says of a measurement, as fields of the JSON object that is open. */
public final class MeasureJson {
    private MeasureJson() {}

    /** An object of its own. */
    public static void machine(JsonGenerator json, Machine machine) throws IOException {
        json.writeStartObject();
        json.writeStringField("processor", machine.processor());
        json.writeNumberField("cores", machine.cores());
        json.writeStringField("system", machine.system());
        json.writeStringField("java", machine.java());
        json.writeArrayFieldStart("flags");
        for (String flag : machine.flags()) {
            json.writeString(flag);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    public static void densities(JsonGenerator json, List<LayerDensity> densities) throws IOException {
        json.writeObjectFieldStart("densities");
        for (LayerDensity layer : densities) {
            json.writeNumberField(layer.layer(), layer.density());
        }
        json.writeEndObject();
    }

    public static void timing(JsonGenerator json, Timing timing) throws IOException {
        spread(json, timing.spread());
        json.writeNumberField("rounds", timing.micros().length);
        json.writeNumberField("allocated_bytes", timing.allocatedBytes());
        json.writeNumberField("weight_bytes", timing.weightBytes());
    }

    public static void spread(JsonGenerator json, Spread spread) throws IOException {
        json.writeNumberField("median", spread.median());
        json.writeNumberField("low_quartile", spread.low());
        json.writeNumberField("high_quartile", spread.high());
    }

    public static void ratio(JsonGenerator json, String name, Ratio ratio) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("value", ratio.value());
        json.writeNumberField("low", ratio.low());
        json.writeNumberField("high", ratio.high());
        json.writeEndObject();
    }
}
