package io.spikelet.host.monitor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is known of one board. One thread. */
public final class BoardView {
    /** Values that a curve shows. */
    static final int HISTORY = 32;

    private static final int MAX_METRICS = 500;
    private static final int MAX_TEXT = 200;

    /** Whether the board is there. */
    public enum State {
        UNKNOWN,
        ONLINE,
        OFFLINE
    }

    /**
     * One metric.
     *
     * @param value String, Long, Double or Boolean; null when the board has no value
     * @param reason why there is none; may be empty
     * @param history the last numbers, oldest first
     */
    public record Row(Object value, String reason, List<Double> history) {
        /** For a person. */
        public String text() {
            return switch (value) {
                case null -> reason.isEmpty() ? "–" : "– (" + reason + ")";
                case Double real -> String.format(Locale.ROOT, Math.abs(real) >= 1e6 ? "%.4g" : "%.4f", real);
                default -> value.toString();
            };
        }
    }

    /** A change to show. */
    public record Change(String name, Row row) {}

    private final String board;
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Map<String, Deque<Double>> numbers = new LinkedHashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private State state = State.UNKNOWN;
    private String note = "";
    private long heardMillis;
    private boolean stateChanged;

    /** @param board what a person calls it */
    public BoardView(String board) {
        this.board = board;
    }

    public String board() {
        return board;
    }

    public State state() {
        return state;
    }

    /** Why the state is what it is, or what is going on; may be empty. */
    public String note() {
        return note;
    }

    /** When the board was heard last, in milliseconds since 1970; 0 for never. */
    public long heardMillis() {
        return heardMillis;
    }

    public Map<String, Row> rows() {
        return rows;
    }

    /** The board was heard. */
    void heard(long epochMillis) {
        heardMillis = epochMillis;
    }

    void become(State now, String why) {
        stateChanged |= now != state || !why.equals(note);
        state = now;
        note = printable(why);
    }

    /** Takes the present value of a metric. */
    void put(String metric, Object value, String reason) {
        String name = printable(metric);
        Object shown = value instanceof String text ? printable(text) : value;
        Row before = rows.get(name);
        if (before == null && rows.size() >= MAX_METRICS) {
            return;
        }
        Deque<Double> curve = numbers.computeIfAbsent(name, _ -> new ArrayDeque<>());
        if (shown instanceof Number number) {
            curve.add(number.doubleValue());
            if (curve.size() > HISTORY) {
                curve.remove();
            }
        }
        Row row = new Row(shown, printable(reason), List.copyOf(curve));
        rows.put(name, row);
        if (before == null || !before.text().equals(row.text())) {
            changes.add(new Change(name, row));
        }
    }

    /** What changed since the last call. */
    public List<Change> takeChanges() {
        List<Change> taken = List.copyOf(changes);
        changes.clear();
        return taken;
    }

    /** Whether state or note changed since the last call. */
    public boolean takeStateChange() {
        boolean changed = stateChanged;
        stateChanged = false;
        return changed;
    }

    /** A broker passes on anything; a terminal must not obey it. */
    static String printable(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return clean.length() > MAX_TEXT ? clean.substring(0, MAX_TEXT - 1) + "…" : clean;
    }
}
