package io.spikelet.bench.rig;

import io.spikelet.bench.energy.PowerTrace;
import io.spikelet.bench.energy.WindowCut;
import io.spikelet.bench.energy.WindowEnergy;
import io.spikelet.host.cli.Json;
import io.spikelet.host.page.Html;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** The power trace of a report: a canvas to zoom, its buttons, and its data for {@code trace.js}. */
final class TraceFigure {
    private final EnergyOutcome energy;
    private final List<Mark> marks = new ArrayList<>();

    /** A stretch of time that is coloured. */
    private record Mark(double from, double to, String kind, String name, String text) {}

    TraceFigure(EnergyOutcome energy) {
        this.energy = energy;
        energy.idle()
                .ifPresent(cut -> marks.add(
                        mark(cut, "idle", "idle", String.format(Locale.ROOT, "idle, %.5g W", energy.idleWatts()))));
        List<WindowEnergy> windows = energy.result().windows();
        for (int i = 0; i < windows.size(); i++) {
            WindowEnergy window = windows.get(i);
            String text = String.format(
                    Locale.ROOT,
                    "window %d, %.5g µJ an inference%s",
                    i + 1,
                    window.microjoules(),
                    window.refused() ? ", refused" : "");
            marks.add(mark(window.cut(), window.refused() ? "refused" : "window", Integer.toString(i + 1), text));
        }
    }

    private static Mark mark(WindowCut cut, String kind, String name, String text) {
        return new Mark(cut.fromNanos() * 1e-9, cut.toNanos() * 1e-9, kind, name, text);
    }

    /** Its place in the page. */
    String html() {
        StringBuilder buttons = new StringBuilder();
        button(buttons, "in", "Zoom in");
        button(buttons, "out", "Zoom out");
        button(buttons, "all", "All");
        for (int i = 0; i < marks.size(); i++) {
            String name = marks.get(i).name();
            button(buttons, Integer.toString(i), name.equals("idle") ? "Idle" : "Window " + name);
        }
        return "<figure class=\"card trace\"><h3>Power over time</h3><div class=\"trace-buttons\">" + buttons
                + "<label><input type=\"checkbox\" id=\"trace-zero\" checked> from zero</label></div>"
                + "<canvas id=\"trace\" tabindex=\"0\" role=\"img\" aria-label=\"" + Html.escape(description())
                + "\"></canvas><p class=\"caption\" id=\"trace-readout\" aria-live=\"off\"></p><figcaption>"
                + "The line is the mean of each point, the band its least and greatest sample; measured windows are"
                + " shaded. Wheel or pinch zooms, dragging moves, a double click shows all; with the keyboard + − 0 and"
                + " the arrows.</figcaption></figure>";
    }

    private static void button(StringBuilder buttons, String what, String name) {
        buttons.append("<button type=\"button\" data-trace=\"")
                .append(what)
                .append("\">")
                .append(Html.escape(name))
                .append("</button>");
    }

    private String description() {
        StringBuilder text = new StringBuilder("Power in watts over the energy phase.");
        marks.forEach(mark -> text.append(' ').append(mark.text()).append('.'));
        return text.toString();
    }

    /** Its data. */
    String json() {
        TracePyramid trace = energy.trace();
        return Json.object(json -> {
                    json.writeNumberField("from", trace.fromSeconds());
                    json.writeNumberField("to", trace.toSeconds());
                    json.writeArrayFieldStart("levels");
                    for (PowerTrace level : trace.levels()) {
                        json.writeStartObject();
                        json.writeStringField("least", floats(level.least()));
                        json.writeStringField("mean", floats(level.mean()));
                        json.writeStringField("most", floats(level.most()));
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    json.writeArrayFieldStart("windows");
                    for (Mark mark : marks) {
                        json.writeStartObject();
                        json.writeNumberField("from", mark.from());
                        json.writeNumberField("to", mark.to());
                        json.writeStringField("kind", mark.kind());
                        json.writeStringField("short", mark.name());
                        json.writeStringField("text", mark.text());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                })
                .replace("<", "\\u003c");
    }

    private static String floats(double[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            bytes.putFloat((float) value);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
