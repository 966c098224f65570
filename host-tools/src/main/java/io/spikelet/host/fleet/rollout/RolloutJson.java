package io.spikelet.host.fleet.rollout;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.spikelet.host.fleet.BoardFigure;
import io.spikelet.host.fleet.BoardId;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A roll-out as JSON: whole for its file, in figures for dashboards. */
public final class RolloutJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int FORMAT = 1;

    private RolloutJson() {}

    /** The roll-out with every board. */
    public static String whole(RolloutState state) throws IOException {
        return write(state, true);
    }

    /** The same without the boards, but how many are how far. */
    public static String figures(RolloutState state) throws IOException {
        return write(state, false);
    }

    private static String write(RolloutState state, boolean whole) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("format", FORMAT);
            json.writeStringField("id", state.id());
            json.writeStringField("image", state.image());
            json.writeStringField("digest", state.digest());
            json.writeStringField("version", state.version());
            json.writeNumberField("started", state.started());
            json.writeStringField("phase", lower(state.phase()));
            json.writeNumberField("wave", state.wave());
            json.writeNumberField("waves", state.waves());
            json.writeStringField("reason", state.reason());
            json.writeObjectFieldStart("counts");
            for (Map.Entry<BoardStep.State, Integer> count : state.counts().entrySet()) {
                json.writeNumberField(lower(count.getKey()), count.getValue());
            }
            json.writeEndObject();
            if (whole) {
                json.writeArrayFieldStart("boards");
                for (BoardStep step : state.steps()) {
                    write(json, step);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, BoardStep step) throws IOException {
        json.writeStartObject();
        json.writeStringField("board", step.board().toString());
        json.writeNumberField("wave", step.wave());
        json.writeStringField("state", lower(step.state()));
        json.writeStringField("hash", step.hash());
        json.writeStringField("detail", step.detail());
        json.writeObjectFieldStart("before");
        for (Map.Entry<BoardFigure, Double> figure : step.before().entrySet()) {
            json.writeNumberField(figure.getKey().word(), figure.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    /**
     * Reads what {@link #whole} wrote.
     *
     * @throws IOException when the text is something else
     */
    public static RolloutState read(String text) throws IOException {
        Map<String, String> fields = new HashMap<>();
        List<BoardStep> steps = new ArrayList<>();
        try (JsonParser json = FACTORY.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("it is no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals("boards") && value == JsonToken.START_ARRAY) {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        steps.add(step(json));
                    }
                } else if (value.isScalarValue()) {
                    fields.put(name, json.getText());
                } else {
                    json.skipChildren();
                }
            }
            if (!String.valueOf(FORMAT).equals(fields.get("format"))) {
                throw new IOException("its format is " + fields.get("format") + ", this reader knows " + FORMAT);
            }
            RolloutState state = new RolloutState(
                    field(fields, "id"),
                    field(fields, "image"),
                    field(fields, "digest"),
                    field(fields, "version"),
                    Long.parseLong(field(fields, "started")),
                    steps);
            state.enter(
                    RolloutState.Phase.valueOf(field(fields, "phase").toUpperCase(Locale.ROOT)),
                    Integer.parseInt(field(fields, "wave")),
                    field(fields, "reason"));
            return state;
        } catch (IllegalArgumentException odd) {
            throw new IOException(odd.getMessage(), odd);
        }
    }

    private static BoardStep step(JsonParser json) throws IOException {
        Map<String, String> fields = new HashMap<>();
        Map<BoardFigure, Double> before = new EnumMap<>(BoardFigure.class);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String figure = json.currentName();
                    json.nextToken();
                    double number = json.getDoubleValue();
                    BoardFigure.named(figure).ifPresent(known -> before.put(known, number));
                }
            } else {
                fields.put(name, json.getText());
            }
        }
        return new BoardStep(
                BoardId.parse(field(fields, "board")),
                Integer.parseInt(field(fields, "wave")),
                BoardStep.State.valueOf(field(fields, "state").toUpperCase(Locale.ROOT)),
                field(fields, "hash"),
                before,
                field(fields, "detail"));
    }

    private static String field(Map<String, String> fields, String name) throws IOException {
        String value = fields.get(name);
        if (value == null) {
            throw new IOException("it lacks the field " + name);
        }
        return value;
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
