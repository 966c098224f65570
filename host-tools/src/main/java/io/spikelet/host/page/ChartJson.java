package io.spikelet.host.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.spikelet.host.report.Accuracy;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;

/** The charts as JSON for the page's script, safe inside a script element. */
public final class ChartJson {
    private ChartJson() {}

    public static String of(List<Chart> charts) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartArray();
            for (Chart chart : charts) {
                write(json, chart);
            }
            json.writeEndArray();
        }
        // In JSON these stand in strings only, where an escape means the same and ends no script element.
        return text.toString().replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }

    private static void write(JsonGenerator json, Chart chart) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", chart.id());
        json.writeStringField("kind", lower(chart.kind()));
        json.writeStringField("across", chart.across());
        json.writeStringField("up", chart.up());
        if (!Double.isNaN(chart.ceiling())) {
            json.writeNumberField("ceiling", chart.ceiling());
        }
        strings(json, "ticks", chart.ticks());
        strings(json, "labels", chart.labels());
        json.writeArrayFieldStart("series");
        for (Chart.Series series : chart.series()) {
            json.writeStartObject();
            json.writeStringField("name", series.name());
            json.writeStringField("role", lower(series.role()));
            numbers(json, "values", series.values());
            if (!series.intervals().isEmpty()) {
                numbers(
                        json,
                        "low",
                        series.intervals().stream().map(Accuracy.Interval::low).toList());
                numbers(
                        json,
                        "high",
                        series.intervals().stream().map(Accuracy.Interval::high).toList());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static void strings(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private static void numbers(JsonGenerator json, String name, List<Double> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (double value : values) {
            if (Double.isFinite(value)) {
                json.writeNumber(value);
            } else {
                json.writeNull();
            }
        }
        json.writeEndArray();
    }
}
