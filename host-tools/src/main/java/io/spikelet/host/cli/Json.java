package io.spikelet.host.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.spikelet.host.inspect.Interval;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** One JSON object as text, for {@code --json}. */
public final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** Writes the fields of the object. */
    @FunctionalInterface
    public interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private Json() {}

    public static String object(Fields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException neverOfAString) {
            throw new UncheckedIOException(neverOfAString);
        }
        return text.toString();
    }

    static void strings(JsonGenerator json, String field, List<String> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    /** {@code [least, greatest]}. */
    static void interval(JsonGenerator json, String field, Interval interval) throws IOException {
        json.writeArrayFieldStart(field);
        json.writeNumber(interval.least());
        json.writeNumber(interval.greatest());
        json.writeEndArray();
    }
}
