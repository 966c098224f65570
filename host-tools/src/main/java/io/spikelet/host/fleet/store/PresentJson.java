package io.spikelet.host.fleet.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.spikelet.host.fleet.MetricValue;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;
import java.util.TreeMap;

/** A board's present values as text: {@code {"metric":[time,value]}}, or {@code [time,null,"reason"]}. */
final class PresentJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private PresentJson() {}

    static String write(Map<String, MetricValue> values) throws IOException {
        StringWriter text = new StringWriter(1024);
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<String, MetricValue> entry : values.entrySet()) {
                json.writeArrayFieldStart(entry.getKey());
                json.writeNumber(entry.getValue().time());
                writeValue(json, entry.getValue());
                json.writeEndArray();
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void writeValue(JsonGenerator json, MetricValue value) throws IOException {
        switch (value.value()) {
            case null -> {
                json.writeNull();
                json.writeString(value.reason());
            }
            case Long number -> json.writeNumber(number);
            case Boolean flag -> json.writeBoolean(flag);
            case Double real when Double.isFinite(real) -> json.writeNumber(real);
            case Double odd -> {
                json.writeNull();
                json.writeString("the board said " + odd);
            }
            default -> json.writeString(value.value().toString());
        }
    }

    static Map<String, MetricValue> read(String text) throws IOException {
        Map<String, MetricValue> values = new TreeMap<>();
        try (JsonParser json = FACTORY.createParser(text)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                json.nextToken();
                long time = json.getLongValue();
                Object value = value(json, json.nextToken());
                String reason = json.nextToken() == JsonToken.END_ARRAY ? "" : json.getText();
                if (json.currentToken() != JsonToken.END_ARRAY) {
                    json.nextToken();
                }
                values.put(name, new MetricValue(time, value, reason));
            }
        }
        return values;
    }

    private static Object value(JsonParser json, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            case VALUE_TRUE, VALUE_FALSE -> json.getBooleanValue();
            case VALUE_STRING -> json.getText();
            default -> null;
        };
    }
}
