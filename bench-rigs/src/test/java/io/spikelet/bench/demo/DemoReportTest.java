package io.spikelet.bench.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.spikelet.host.page.ChartLibrary;
import io.spikelet.host.page.ReportPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoReportTest {
    private static final int LARGEST_PAGE_BYTES = 400_000;
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s\"'<)]*");
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

    @Test
    void shouldLoadNothingFromAnywhere(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("report.html");
        DemoReport.write(file, MadeUpJourney.succeeding());
        String page = Files.readString(file);

        assertTrue(Files.size(file) < LARGEST_PAGE_BYTES, "bytes=" + Files.size(file));
        assertTrue(
                page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\""));
        // The addresses in Chart.js stand in its own comments.
        String ours = page.replace(ChartLibrary.script(), "");
        assertFalse(ADDRESS.matcher(ours).find(), "the page names an address");
        assertFalse(
                Pattern.compile("\\b(src|href|srcset|action)\\s*=")
                        .matcher(ours)
                        .find(),
                "the page loads something");
        assertFalse(Pattern.compile("@import|\\burl\\(").matcher(ours).find(), "the style loads something");
        assertFalse(page.contains("sourceMappingURL"));
    }

    @Test
    void shouldShowEveryFigureOfTheResult() throws IOException {
        String page = DemoReport.of(MadeUpJourney.succeeding());
        for (String figure : List.of(
                "97.5",
                "39 of 40",
                "of 200, board against host",
                "72",
                "−89",
                "147",
                "3,020",
                "56,789",
                "43,219",
                "41,234",
                "20,317",
                "24,389",
                "52.5",
                "57.5",
                "85.0",
                "12.5",
                "77.5",
                "17.5 degrees",
                "gain 0.65",
                "12 labelled samples",
                "3 Sparkplug births",
                "17 data messages",
                "1.23e-03 to 4.56e-03",
                "7.89",
                "1,048,461",
                "<td>4.0</td>",
                "99.700",
                "97.541",
                "0.968750",
                "0.1200",
                "0.1210",
                "0.9731",
                "a warning about lif",
                "the board refused: lif",
                "6 seconds")) {
            assertTrue(page.contains(figure), "the page lacks " + figure);
        }
        assertTrue(page.contains("All went as it must"));
    }

    @Test
    void shouldSayWhatFailed() throws IOException {
        String page = DemoReport.of(MadeUpJourney.failing());
        assertTrue(page.contains("<li>board and host disagree on 1 of 200 samples</li>"));
        assertFalse(page.contains("All went as it must"));
    }

    @Test
    void shouldEscapeHostileNames() throws IOException {
        String page = DemoReport.of(MadeUpJourney.named(MadeUpJourney.HOSTILE));
        assertFalse(page.contains("<img"));
        assertEquals(count(DemoReport.of(MadeUpJourney.succeeding()), "</script"), count(page, "</script"));
        assertTrue(page.contains("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;{{tiles}}$1"));

        Matcher data = DATA.matcher(page);
        assertTrue(data.find());
        boolean whole = false;
        try (JsonParser json = new JsonFactory().createParser(data.group(1))) {
            while (json.nextToken() != null) {
                whole |= json.hasTextCharacters() && MadeUpJourney.HOSTILE.equals(json.getText());
            }
        }
        assertTrue(whole, "the charts' data lost the name");
    }

    @Test
    void shouldSayOfEveryChartWhatItShows() throws IOException {
        String page = DemoReport.of(MadeUpJourney.succeeding());
        int charts = JourneyCharts.of(MadeUpJourney.succeeding()).size();
        assertEquals(
                charts,
                count(page, "role=\"img\" aria-label=\"Bar chart of ")
                        + count(page, "role=\"img\" aria-label=\"Line chart of ")
                        + count(page, "role=\"img\" aria-label=\"Histogram of "));
        assertEquals(charts, count(page, "<figcaption>"));
    }

    @Test
    void shouldPutOneLateValueIntoTheLastBin() {
        double[] values = IntStream.range(0, 100).mapToDouble(i -> 100 + i % 40).toArray();
        values[57] = 9000;
        Histogram histogram = Histogram.of(values);
        assertEquals(20, histogram.width());
        assertEquals(
                100,
                histogram.values().stream().mapToDouble(Double::doubleValue).sum());
        assertEquals(1, histogram.counts().getLast());
        assertEquals("600 and more", histogram.labels(9000).getLast());
    }

    @Test
    void shouldDrawOneBinWhenAllValuesAreEqual() {
        assertEquals(List.of(3), Histogram.of(new double[] {7, 7, 7}).counts());
    }

    @Test
    void shouldRefuseAPlaceThatNothingFillsAndAPartWithoutPlace() {
        assertThrows(IllegalArgumentException.class, () -> ReportPage.fill("{{a}}", Map.of()));
        assertThrows(IllegalArgumentException.class, () -> ReportPage.fill("", Map.of("a", "b")));
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
