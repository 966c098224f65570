package io.spikelet.host.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.spikelet.host.diff.Comparison;
import io.spikelet.host.diff.Difference;
import io.spikelet.host.diff.Moved;
import io.spikelet.host.report.TextTable;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** What differs between two models, for a person or as JSON. */
record DiffText(String first, String second, Comparison comparison) {

    String lines() {
        int count = comparison.differences().size();
        StringBuilder text = new StringBuilder(first + " and " + second)
                .append(count == 0 ? " do not differ" : " differ in " + count + (count == 1 ? " thing" : " things"));
        text.append('\n');
        section(text, "", comparison.differences());
        section(text, "from rounding, as it must be", comparison.explained());
        comparison.notes().forEach(note -> text.append("\n  note: ").append(note));
        return text.toString().stripTrailing();
    }

    private static void section(StringBuilder text, String title, List<Difference> differences) {
        if (differences.isEmpty()) {
            return;
        }
        TextTable table = new TextTable("where", title.isEmpty() ? "what differs" : title).endingInWords();
        differences.forEach(difference -> table.row(difference.place(), words(difference)));
        text.append('\n');
        table.appendTo(text);
    }

    private static String words(Difference difference) {
        return switch (difference.change()) {
            case ADDED -> "added: " + difference.after();
            case REMOVED -> "removed: " + difference.before();
            case CHANGED ->
                difference.what() + ": "
                        + difference
                                .moved()
                                .map(DiffText::words)
                                .orElse(difference.before() + " -> " + difference.after());
        };
    }

    private static String words(Moved moved) {
        String relative = Double.isFinite(moved.relative())
                ? String.format(Locale.ROOT, ", relative norm %.3g", moved.relative())
                : "";
        return moved.differing() + " of " + moved.count() + " differ, by at most "
                + String.format(Locale.ROOT, "%.4g", moved.largest()).replaceFirst("\\.0+$", "") + relative;
    }

    String json() {
        return Json.object(json -> {
            json.writeStringField("first", first);
            json.writeStringField("second", second);
            json.writeBooleanField("same", comparison.isNothing());
            differences(json, "differences", comparison.differences());
            differences(json, "rounding", comparison.explained());
            Json.strings(json, "notes", comparison.notes());
        });
    }

    private static void differences(JsonGenerator json, String field, List<Difference> differences) throws IOException {
        json.writeArrayFieldStart(field);
        for (Difference difference : differences) {
            json.writeStartObject();
            json.writeStringField("change", difference.change().name().toLowerCase(Locale.ROOT));
            json.writeStringField("where", difference.place());
            json.writeStringField("what", difference.what());
            if (difference.moved().isPresent()) {
                Moved moved = difference.moved().get();
                json.writeNumberField("differing", moved.differing());
                json.writeNumberField("count", moved.count());
                json.writeNumberField("largest", moved.largest());
                if (Double.isFinite(moved.relative())) {
                    json.writeNumberField("relative_norm", moved.relative());
                }
            } else {
                json.writeStringField("before", difference.before());
                json.writeStringField("after", difference.after());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
