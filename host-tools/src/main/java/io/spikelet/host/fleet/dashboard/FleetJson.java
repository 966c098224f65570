package io.spikelet.host.fleet.dashboard;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.spikelet.host.fleet.BoardRow;
import io.spikelet.host.fleet.BoardSnapshot;
import io.spikelet.host.fleet.BoardState;
import io.spikelet.host.fleet.FleetEvent;
import io.spikelet.host.fleet.MetricValue;
import io.spikelet.host.fleet.collect.CollectorCounts;
import io.spikelet.host.fleet.store.HistoryPoint;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the page's script reads. What is not a number is null. */
final class FleetJson {
    static final JsonFactory FACTORY = new JsonFactory();

    /** Writes the fields of one object. */
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private FleetJson() {}

    static String object(Fields fields) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        }
        return text.toString();
    }

    /** The fleet, and the rows that one browser looks at. */
    static String fleet(FleetPulse.Beat beat, TableQuery query, FleetSource source) throws IOException {
        List<BoardRow> matching = query.matching(beat.rows());
        return object(json -> {
            FleetFigures figures = beat.figures();
            json.writeNumberField("now", figures.time());
            json.writeNumberField("boards", beat.rows().size());
            for (BoardState state : BoardState.values()) {
                json.writeNumberField(lower(state), figures.boards().get(state));
            }
            number(json, "rate", beat.messagesASecond());
            json.writeNumberField("missing", figures.missing());
            json.writeStringField("trouble", source.trouble().get());
            if (source.collector().isPresent()) {
                json.writeObjectFieldStart("collector");
                counts(json, source.collector().get().get());
                json.writeEndObject();
            }
            if (source.keeping().isPresent()) {
                FleetSource.Keeping keeping = source.keeping().get().get();
                json.writeObjectFieldStart("keeping");
                json.writeNumberField("stored", keeping.stored());
                json.writeNumberField("dropped", keeping.dropped());
                json.writeNumberField("waiting", keeping.waiting());
                json.writeEndObject();
            }
            json.writeFieldName("point");
            point(json, figures);
            json.writeNumberField("matching", matching.size());
            json.writeArrayFieldStart("rows");
            for (BoardRow row : query.shown(matching)) {
                row(json, row);
            }
            json.writeEndArray();
        });
    }

    static void counts(JsonGenerator json, CollectorCounts counts) throws IOException {
        json.writeBooleanField("connected", counts.connected());
        json.writeNumberField("connections", counts.connections());
        json.writeNumberField("messages", counts.messages());
        json.writeNumberField("births", counts.births());
        json.writeNumberField("deaths", counts.deaths());
        json.writeNumberField("historical", counts.historical());
        json.writeNumberField("missing", counts.missing());
        json.writeNumberField("rebirths", counts.rebirths());
        json.writeNumberField("malformed", counts.malformed());
        json.writeNumberField("unknown", counts.unknown());
        json.writeNumberField("repeated", counts.repeated());
        json.writeNumberField("inboxDropped", counts.inboxDropped());
        json.writeNumberField("refused", counts.refused());
    }

    static void row(JsonGenerator json, BoardRow row) throws IOException {
        json.writeStartObject();
        json.writeStringField("group", row.id().group());
        json.writeStringField("name", row.id().name());
        json.writeStringField("state", lower(row.state()));
        json.writeNumberField("since", row.since());
        json.writeNumberField("seen", row.seen());
        json.writeNumberField("told", row.told());
        json.writeNumberField("messages", row.messages());
        json.writeNumberField("missing", row.missing());
        json.writeStringField("model", row.model());
        json.writeStringField("version", row.version());
        number(json, "accuracy", row.accuracy());
        number(json, "energy", row.energy());
        number(json, "latency", row.latency());
        number(json, "spikes", row.spikes());
        number(json, "drift", row.drift());
        number(json, "guard", row.guard());
        number(json, "temperature", row.temperature());
        json.writeEndObject();
    }

    static void point(JsonGenerator json, FleetFigures figures) throws IOException {
        json.writeStartObject();
        json.writeNumberField("t", figures.time());
        number(json, "drift", figures.driftAlarms());
        for (Map.Entry<String, FleetFigures.Spread> spread : figures.spreads().entrySet()) {
            json.writeArrayFieldStart(spread.getKey());
            number(json, spread.getValue().low());
            number(json, spread.getValue().median());
            number(json, spread.getValue().high());
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    static void board(JsonGenerator json, BoardSnapshot board) throws IOException {
        json.writeStringField("group", board.id().group());
        json.writeStringField("name", board.id().name());
        json.writeStringField("state", lower(board.state()));
        json.writeNumberField("since", board.since());
        json.writeNumberField("seen", board.seen());
        json.writeNumberField("ahead", board.clockAheadMillis());
        json.writeNumberField("messages", board.counts().messages());
        json.writeNumberField("births", board.counts().births());
        json.writeNumberField("missing", board.counts().missing());
        json.writeNumberField("rebirths", board.counts().rebirths());
        json.writeObjectFieldStart("values");
        for (Map.Entry<String, MetricValue> entry : board.values().entrySet()) {
            MetricValue value = entry.getValue();
            json.writeObjectFieldStart(entry.getKey());
            json.writeNumberField("t", value.time());
            number(json, "number", value.number());
            json.writeStringField("text", value.text());
            json.writeBooleanField("absent", value.value() == null);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    static void history(JsonGenerator json, Map<String, List<HistoryPoint>> history) throws IOException {
        for (Map.Entry<String, List<HistoryPoint>> metric : history.entrySet()) {
            json.writeArrayFieldStart(metric.getKey());
            for (HistoryPoint point : metric.getValue()) {
                json.writeStartArray();
                json.writeNumber(point.time());
                number(json, point.mean());
                number(json, point.least());
                number(json, point.most());
                json.writeEndArray();
            }
            json.writeEndArray();
        }
    }

    static void event(JsonGenerator json, FleetEvent event) throws IOException {
        json.writeStartObject();
        json.writeStringField("board", event.board().toString());
        json.writeNumberField("time", event.time());
        json.writeStringField("kind", lower(event.kind()));
        json.writeStringField("text", event.text());
        json.writeEndObject();
    }

    static void number(JsonGenerator json, String field, double value) throws IOException {
        json.writeFieldName(field);
        number(json, value);
    }

    /** Six digits, without a trailing .0: what a plot can show. */
    private static void number(JsonGenerator json, double value) throws IOException {
        if (!Double.isFinite(value)) {
            json.writeNull();
        } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            json.writeNumber((long) value);
        } else {
            json.writeNumber((double) (float) value == value ? Float.toString((float) value) : short6(value));
        }
    }

    private static String short6(double value) {
        return java.math.BigDecimal.valueOf(value)
                .round(new java.math.MathContext(6))
                .toString();
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
