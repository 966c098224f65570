package io.spikelet.host.monitor;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** Shows a view: on a terminal a table that renews itself, elsewhere a line for each change. */
public final class MonitorScreen {
    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[J";
    private static final String BOLD = "\u001b[1m";
    private static final String DIM = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final int NAME_WIDTH = 32;
    private static final int TEXT_WIDTH = 40;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    private final PrintWriter out;

    /** @param out a terminal or anything else */
    public MonitorScreen(PrintWriter out) {
        this.out = out;
    }

    /** Draws the whole view over the one before. */
    public void draw(BoardView view) {
        StringBuilder screen = new StringBuilder(HOME_AND_CLEAR);
        screen.append(BOLD).append(view.board()).append(PLAIN).append("  ").append(view.state());
        if (view.heardMillis() > 0) {
            screen.append("  heard ").append(time(view.heardMillis()));
        }
        screen.append('\n');
        screen.append(view.note().isEmpty() ? "" : DIM + view.note() + PLAIN).append("\n\n");
        for (Map.Entry<String, BoardView.Row> entry : view.rows().entrySet()) {
            String text = cut(entry.getValue().text(), TEXT_WIDTH);
            screen.append(pad(cut(entry.getKey(), NAME_WIDTH), NAME_WIDTH + 2))
                    .append(entry.getValue().value() == null ? DIM + pad(text, TEXT_WIDTH) + PLAIN : pad(text, 16))
                    .append(curve(entry.getValue().history()))
                    .append('\n');
        }
        screen.append('\n').append(DIM).append("Ctrl-C ends").append(PLAIN);
        out.print(screen);
        out.flush();
    }

    /** Prints what changed, a line each. */
    public void print(BoardView view) {
        long now = System.currentTimeMillis();
        if (view.takeStateChange()) {
            out.println(time(now) + "  " + view.board() + "  " + view.state()
                    + (view.note().isEmpty() ? "" : ": " + view.note()));
        }
        for (BoardView.Change change : view.takeChanges()) {
            out.println(time(now) + "  " + pad(change.name(), NAME_WIDTH) + "  "
                    + change.row().text());
        }
        out.flush();
    }

    private static String time(long epochMillis) {
        return TIME.format(Instant.ofEpochMilli(epochMillis));
    }

    /** One bar a value, between the least and the greatest shown. */
    static String curve(List<Double> values) {
        double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double greatest = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        if (values.size() < 2 || !(greatest > least)) {
            return "";
        }
        StringBuilder curve = new StringBuilder();
        for (double value : values) {
            int bar = (int) Math.round((value - least) / (greatest - least) * (BARS.length() - 1));
            curve.append(BARS.charAt(bar));
        }
        return curve.toString();
    }

    private static String cut(String text, int width) {
        return text.length() > width ? text.substring(0, width - 1) + "…" : text;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
