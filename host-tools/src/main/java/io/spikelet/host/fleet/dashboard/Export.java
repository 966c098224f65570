package io.spikelet.host.fleet.dashboard;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spikelet.host.fleet.BoardId;
import io.spikelet.host.fleet.BoardRow;
import io.spikelet.host.fleet.store.FleetStore;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.List;

/** The table and the readings as files. Times are ISO 8601 in UTC; what a board has not is empty, or null. */
final class Export {
    private Export() {}

    static void tableAsCsv(List<BoardRow> rows, Writer out) throws IOException {
        out.write("group,name,state,since,seen,messages,missing,model,version,accuracy,energy_uj,latency_us,spikes,"
                + "drift_alarms,guard_accuracy,temperature_c\r\n");
        for (BoardRow row : rows) {
            out.write(String.join(
                            ",",
                            cell(row.id().group()),
                            cell(row.id().name()),
                            FleetJson.lower(row.state()),
                            time(row.since()),
                            time(row.seen()),
                            Long.toString(row.messages()),
                            Long.toString(row.missing()),
                            cell(row.model()),
                            cell(row.version()),
                            number(row.accuracy()),
                            number(row.energy()),
                            number(row.latency()),
                            number(row.spikes()),
                            number(row.drift()),
                            number(row.guard()),
                            number(row.temperature()))
                    + "\r\n");
        }
    }

    static void tableAsJson(List<BoardRow> rows, Writer out) throws IOException {
        try (JsonGenerator json = FleetJson.FACTORY.createGenerator(out)) {
            json.writeStartArray();
            for (BoardRow row : rows) {
                FleetJson.row(json, row);
            }
            json.writeEndArray();
        }
    }

    static void readingsAsCsv(FleetStore store, BoardId board, long from, long to, Writer out) throws IOException {
        out.write("group,name,metric,time,value,text\r\n");
        store.export(
                board,
                from,
                to,
                reading -> out.write(String.join(
                                ",",
                                cell(reading.board().group()),
                                cell(reading.board().name()),
                                cell(reading.metric()),
                                time(reading.time()),
                                number(reading.number()),
                                reading.text() == null ? "" : cell(reading.text()))
                        + "\r\n"));
    }

    static void readingsAsJson(FleetStore store, BoardId board, long from, long to, Writer out) throws IOException {
        try (JsonGenerator json = FleetJson.FACTORY.createGenerator(out)) {
            json.writeStartArray();
            store.export(board, from, to, reading -> {
                json.writeStartObject();
                json.writeStringField("group", reading.board().group());
                json.writeStringField("name", reading.board().name());
                json.writeStringField("metric", reading.metric());
                json.writeStringField("time", time(reading.time()));
                FleetJson.number(json, "value", reading.number());
                json.writeStringField("text", reading.text());
                json.writeEndObject();
            });
            json.writeEndArray();
        }
    }

    private static String time(long epochMillis) {
        return epochMillis == 0 ? "" : Instant.ofEpochMilli(epochMillis).toString();
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** RFC 4180; a cell that a spreadsheet would run as a formula is made a text. */
    static String cell(String text) {
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
                ? "\"" + safe.replace("\"", "\"\"") + "\""
                : safe;
    }
}
