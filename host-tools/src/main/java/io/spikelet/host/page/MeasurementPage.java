package io.spikelet.host.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A page of measurements: sections of charts and tables, in one file that needs no network. */
public final class MeasurementPage {
    private final String title;
    private final String lead;
    private final StringBuilder sections = new StringBuilder();
    private final StringBuilder scripts = new StringBuilder();
    private final List<Chart> charts = new ArrayList<>();

    /** @param lead what was measured and on what, as text */
    public MeasurementPage(String title, String lead) {
        this.title = title;
        this.lead = lead;
    }

    /** Adds charts side by side. */
    public MeasurementPage charts(String heading, List<Chart> more) {
        charts.addAll(more);
        String figures = more.stream().map(ChartFigure::of).collect(Collectors.joining("\n"));
        return section(heading, "<div class=\"charts\">\n" + figures + "</div>");
    }

    /** Adds a table; see {@link Html#table}. */
    public MeasurementPage table(String heading, String caption, List<String> headings, List<List<String>> rows) {
        return section(heading, "<div class=\"card\">" + Html.table(caption, headings, rows) + "</div>");
    }

    /** Adds a table whose cells are words: to the left, and broken into lines where they are long. */
    public MeasurementPage words(String heading, String caption, List<String> headings, List<List<String>> rows) {
        return section(heading, "<div class=\"card telemetry\">" + Html.table(caption, headings, rows) + "</div>");
    }

    /** One figure that a reader looks for first. */
    public record Tile(String name, String value, String detail) {}

    /** Adds figures in large letters, before everything else that is added later. */
    public MeasurementPage tiles(List<Tile> tiles) {
        sections.append("<dl class=\"tiles\">\n");
        for (Tile tile : tiles) {
            sections.append("<div class=\"tile\"><dt>")
                    .append(Html.escape(tile.name()))
                    .append("</dt><dd class=\"value\">")
                    .append(Html.escape(tile.value()))
                    .append("</dd><dd class=\"detail\">")
                    .append(Html.escape(tile.detail()))
                    .append("</dd></div>\n");
        }
        sections.append("</dl>\n");
        return this;
    }

    /** Adds a list of sentences. */
    public MeasurementPage sentences(String heading, List<String> sentences) {
        return section(
                heading,
                sentences.stream()
                        .map(sentence -> "<li>" + Html.escape(sentence) + "</li>\n")
                        .collect(Collectors.joining("", "<div class=\"card\"><ul class=\"plain\">\n", "</ul></div>")));
    }

    /** Adds what a reader must not miss; nothing where there is nothing. */
    public MeasurementPage warnings(List<String> warnings) {
        for (String warning : warnings) {
            sections.append("<p class=\"warning\"><strong>Warning:</strong> ")
                    .append(Html.escape(warning))
                    .append("</p>\n");
        }
        return this;
    }

    /**
     * Adds a figure of another kind than a chart.
     *
     * @param html as it stands in the page; what comes from outside is escaped already
     * @param dataId of the element that holds the figure's data
     * @param json the data, without any {@code <}
     * @param code what draws it
     */
    public MeasurementPage figure(String heading, String html, String dataId, String json, String code) {
        scripts.append("<script type=\"application/json\" id=\"")
                .append(Html.escape(dataId))
                .append("\">")
                .append(json)
                .append("</script>\n<script>\n")
                .append(code)
                .append("\n</script>\n");
        return section(heading, html);
    }

    private MeasurementPage section(String heading, String html) {
        sections.append("<section>\n<h2>")
                .append(Html.escape(heading))
                .append("</h2>\n")
                .append(html)
                .append("\n</section>\n");
        return this;
    }

    public void write(Path file) throws IOException {
        Files.writeString(file, toHtml());
    }

    /** The whole page. */
    public String toHtml() throws IOException {
        return ReportPage.fill(
                ReportPage.resource(MeasurementPage.class, "measurement.html"),
                Map.of(
                        "title", Html.escape(title),
                        "lead", Html.escape(lead),
                        "style", ReportPage.style(),
                        "sections", sections.toString(),
                        "charts", ChartJson.of(charts),
                        "library", ChartLibrary.script(),
                        "script", ReportPage.script(),
                        "figures", scripts.toString()));
    }
}
