package io.spikelet.bench.adapt;

import io.spikelet.host.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A result as text, and as the rows of the page. */
final class AdaptTable {
    private AdaptTable() {}

    static String of(AdaptResult result) {
        StringBuilder text = new StringBuilder(result.title()).append("\n\n");
        append(text, means(result));
        append(text, subjects(result));
        for (Claim claim : result.claims()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%s: %s %.1f, %s %.1f%n",
                    claim.holds() ? "holds" : "BROKEN",
                    claim.promise(),
                    claim.measured(),
                    claim.atMost() ? "at most" : "at least",
                    claim.limit()));
        }
        return text.toString().stripTrailing();
    }

    private static void append(StringBuilder text, List<List<String>> rows) {
        TextTable table = new TextTable(rows.getFirst().toArray(String[]::new));
        rows.subList(1, rows.size()).forEach(row -> table.row(row.toArray(String[]::new)));
        table.appendTo(text);
        text.append('\n');
    }

    /** Means of all subjects, the headings first. */
    static List<List<String>> means(AdaptResult result) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("%, mean of subjects"));
        head.addAll(result.groups());
        head.addAll(List.of("held out before", "after"));
        boolean asked = !result.sameDay().isEmpty();
        if (asked) {
            head.add("same day");
        }
        rows.add(head);
        for (String method : result.methods()) {
            List<String> row = new ArrayList<>(List.of(method));
            result.groups().forEach(group -> row.add(percent(result.mean(method, group))));
            row.add(percent(result.before(method)));
            row.add(percent(result.after(method)));
            if (asked) {
                row.add(percent(result.sameDay(method)));
            }
            rows.add(row);
        }
        return rows;
    }

    /** Every subject, the headings first. */
    static List<List<String>> subjects(AdaptResult result) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("%"));
        for (CourseResult course : result.courses()) {
            result.groups().forEach(group -> head.add(course.course().subject() + ", " + group));
        }
        rows.add(head);
        for (String method : result.methods()) {
            List<String> row = new ArrayList<>(List.of(method));
            for (CourseResult course : result.courses()) {
                result.groups().forEach(group -> row.add(percent(course.mean(method, group))));
            }
            rows.add(row);
        }
        return rows;
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "" : String.format(Locale.ROOT, "%.1f", 100 * share);
    }
}
