package io.spikelet.host.page;

import io.spikelet.host.report.Accuracy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A chart's place in the page: title, canvas, caption, and the same figures as a table. */
public final class ChartFigure {
    private ChartFigure() {}

    public static String of(Chart chart) {
        String id = Html.escape(chart.id());
        return "<figure class=\"card\"><h3>" + Html.escape(chart.title()) + "</h3>"
                + "<div class=\"canvas\"><canvas id=\"" + id + "\" role=\"img\" aria-label=\""
                + Html.escape(chart.description()) + "\"></canvas></div>"
                + "<figcaption>" + Html.escape(chart.caption()) + "</figcaption>"
                + "<details><summary>The figures as a table</summary>" + table(chart) + "</details></figure>";
    }

    private static String table(Chart chart) {
        List<String> headings = new ArrayList<>(List.of(chart.across()));
        chart.series().forEach(series -> headings.add(series.name()));
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < chart.labels().size(); i++) {
            List<String> row = new ArrayList<>(List.of(chart.labels().get(i)));
            for (Chart.Series series : chart.series()) {
                row.add(cell(chart.format(), series, i));
            }
            rows.add(row);
        }
        return Html.table(chart.up(), headings, rows);
    }

    private static String cell(String format, Chart.Series series, int i) {
        double value = series.values().get(i);
        if (Double.isNaN(value)) {
            return "not measured";
        }
        String text = String.format(Locale.ROOT, format, value);
        if (series.intervals().isEmpty()) {
            return text;
        }
        Accuracy.Interval interval = series.intervals().get(i);
        return text
                + String.format(Locale.ROOT, " (" + format + " to " + format + ")", interval.low(), interval.high());
    }
}
