package io.spikelet.host.fleet.dashboard;

import io.spikelet.host.fleet.BoardRow;
import io.spikelet.host.fleet.BoardState;
import io.spikelet.host.fleet.collect.CollectorCounts;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The fleet in Prometheus' text format, version 0.0.4. */
final class Prometheus {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Writer out;

    private Prometheus(Writer out) {
        this.out = out;
    }

    static void write(FleetPulse.Beat beat, FleetSource source, Writer out) throws IOException {
        Prometheus text = new Prometheus(out);
        text.head("spikelet_boards", "gauge", "Boards by state.");
        for (BoardState state : BoardState.values()) {
            int boards = beat.figures().boards().get(state);
            out.write("spikelet_boards{state=\"" + FleetJson.lower(state) + "\"} " + boards + "\n");
        }
        if (source.collector().isPresent()) {
            text.counts(source.collector().get().get());
        }
        if (source.keeping().isPresent()) {
            FleetSource.Keeping keeping = source.keeping().get().get();
            text.one("spikelet_readings_stored_total", "counter", "Readings written.", keeping.stored());
            text.one("spikelet_readings_dropped_total", "counter", "Readings without room.", keeping.dropped());
            text.one("spikelet_store_waiting_messages", "gauge", "Messages to be written.", keeping.waiting());
        }
        text.boards(beat.rows());
    }

    private void counts(CollectorCounts counts) throws IOException {
        one("spikelet_broker_connected", "gauge", "Whether the broker is there.", counts.connected() ? 1 : 0);
        one("spikelet_messages_total", "counter", "Births, data and deaths received.", counts.messages());
        one("spikelet_messages_missing_total", "counter", "Sent and never received.", counts.missing());
        one("spikelet_messages_malformed_total", "counter", "No Sparkplug payload.", counts.malformed());
        one("spikelet_inbox_dropped_total", "counter", "Received faster than read.", counts.inboxDropped());
        one("spikelet_rebirths_total", "counter", "Births asked for.", counts.rebirths());
    }

    private void boards(List<BoardRow> rows) throws IOException {
        each(
                rows,
                "spikelet_board_online",
                "gauge",
                "Whether it was born.",
                row -> row.state() == BoardState.ONLINE ? 1 : 0);
        each(rows, "spikelet_board_seen_seconds", "gauge", "Last message, since 1970.", row -> row.seen() / 1000.0);
        each(rows, "spikelet_board_messages_total", "counter", "Received.", BoardRow::messages);
        each(rows, "spikelet_board_missing_total", "counter", "Sent and never received.", BoardRow::missing);
        each(rows, "spikelet_board_accuracy_ratio", "gauge", "Share correct of late.", BoardRow::accuracy);
        each(rows, "spikelet_board_inference_energy_joules", "gauge", "An inference, mean.", row -> row.energy() / 1e6);
        each(rows, "spikelet_board_inference_seconds", "gauge", "An inference, median.", row -> row.latency() / 1e6);
        each(rows, "spikelet_board_inference_spikes", "gauge", "An inference, mean.", BoardRow::spikes);
        each(rows, "spikelet_board_drift_alarms_total", "counter", "Since the board's start.", BoardRow::drift);
        each(rows, "spikelet_board_guard_accuracy_ratio", "gauge", "On the guard set.", BoardRow::guard);
        each(rows, "spikelet_board_temperature_celsius", "gauge", "Of the board.", BoardRow::temperature);
    }

    private void head(String name, String type, String help) throws IOException {
        out.write("# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n");
    }

    private void one(String name, String type, String help, long value) throws IOException {
        head(name, type, help);
        out.write(name + " " + value + "\n");
    }

    private void each(List<BoardRow> rows, String name, String type, String help, ToDoubleFunction<BoardRow> figure)
            throws IOException {
        head(name, type, help);
        for (BoardRow row : rows) {
            double value = figure.applyAsDouble(row);
            if (!Double.isNaN(value)) {
                out.write(name + "{group=\"" + escape(row.id().group()) + "\",board=\""
                        + escape(row.id().name()) + "\"} " + value + "\n");
            }
        }
    }

    private static String escape(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
