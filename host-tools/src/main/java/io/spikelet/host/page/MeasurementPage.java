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
                        "script", ReportPage.script()));
    }
}
