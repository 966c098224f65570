package io.spikelet.bench.demo;

import io.spikelet.host.page.Chart;
import io.spikelet.host.page.ChartFigure;
import io.spikelet.host.page.ChartJson;
import io.spikelet.host.page.ChartLibrary;
import io.spikelet.host.page.Html;
import io.spikelet.host.page.ReportPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One journey as one HTML file that needs no network: data, style and chart library are all inside it. */
final class DemoReport {
    private DemoReport() {}

    static void write(Path file, JourneyResult result) throws IOException {
        Files.writeString(file, of(result));
    }

    static String of(JourneyResult result) throws IOException {
        List<Chart> charts = JourneyCharts.of(result);
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("style", ReportPage.style());
        parts.put("name", Html.escape(result.quantisation().name()));
        parts.put("seconds", String.format(Locale.ROOT, "%.0f", result.seconds()));
        parts.put("samples", Integer.toString(result.before().board().count()));
        parts.put("tiles", Headline.tiles(result));
        parts.put("verdict", Headline.verdict(result));
        parts.put("pictures", DigitPictures.of(result));
        for (Chart chart : charts) {
            parts.put("chart-" + chart.id(), ChartFigure.of(chart));
        }
        parts.put("layers", LayerSection.of(result.quantisation()));
        parts.put("telemetry", TelemetrySection.of(result.telemetry()));
        parts.put("story", Story.of(result));
        parts.put("charts", ChartJson.of(charts));
        parts.put("library", ChartLibrary.script());
        parts.put("script", ReportPage.script());
        return ReportPage.fill(ReportPage.resource(DemoReport.class, "report.html"), parts);
    }
}
