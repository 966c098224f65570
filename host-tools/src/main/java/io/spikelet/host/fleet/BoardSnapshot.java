package io.spikelet.host.fleet;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of a board at one moment.
 *
 * @param since ms since 1970 when the state began, by the collector's clock
 * @param seen ms since 1970 of the last message, by the collector's clock; 0 when none came
 * @param counts messages and losses
 * @param clockAheadMillis how far the board's clock is ahead of the collector's, as its last message shows
 * @param values the present value of each metric by its name, in order of names
 */
public record BoardSnapshot(
        BoardId id,
        BoardState state,
        long since,
        long seen,
        Counts counts,
        long clockAheadMillis,
        Map<String, MetricValue> values) {

    public BoardSnapshot {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /**
     * @param messages births, data and deaths received
     * @param births births received
     * @param missing messages that the sequence numbers say were sent and that never came
     * @param rebirths births that the collector asked for
     */
    public record Counts(long messages, long births, long missing, long rebirths) {
        /** Nothing yet. */
        public static final Counts NONE = new Counts(0, 0, 0, 0);
    }

    /** The number of a metric; NaN when there is none. */
    public double number(String metric) {
        MetricValue value = values.get(metric);
        return value == null ? Double.NaN : value.number();
    }

    /** The text of a metric; empty when there is none. */
    public String text(String metric) {
        MetricValue value = values.get(metric);
        return value != null && value.value() instanceof String text ? text : "";
    }

    /** Its row of the fleet's table. */
    public BoardRow row() {
        return BoardRow.of(id, state, since, seen, counts.messages(), counts.missing(), values);
    }

    /** The same, read from a store at a start: whether the board is online still is not known. */
    public BoardSnapshot unheard() {
        return state == BoardState.ONLINE
                ? new BoardSnapshot(id, BoardState.STALE, since, seen, counts, clockAheadMillis, values)
                : this;
    }
}
