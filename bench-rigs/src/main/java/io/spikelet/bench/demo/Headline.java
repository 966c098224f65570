package io.spikelet.bench.demo;

import io.spikelet.host.page.Html;
import io.spikelet.host.report.Accuracy;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a reader asks first: the figures, and whether all went well. */
final class Headline {
    private Headline() {}

    static String tiles(JourneyResult result) {
        Comparison before = result.before();
        return accuracy("Float accuracy", result.floating())
                + accuracy("Integers on the host", before.host())
                + accuracy("Integers on the board", before.board())
                + tile(
                        "Samples that differ",
                        text("%,d", result.disagreeing()),
                        "",
                        text("of %,d, board against host, in any output spike", result.compared()))
                + tile(
                        "Won back by learning",
                        share(result.wonBack(result.learned())),
                        "%",
                        "of what the shift cost; shuffled labels " + share(result.wonBack(result.control())) + " %")
                + tile(
                        "Inference, median",
                        text("%,.0f", before.medianMicroseconds()),
                        "µs",
                        text(
                                "%,d inferences of %d time steps",
                                before.answers().count(), result.quantisation().timeSteps()))
                + tile("Spikes", text("%,.0f", before.spikesPerInference()), "", "an inference, all neurons")
                + tile(
                        "Synaptic operations",
                        text("%,.0f", before.operationsPerInference()),
                        "",
                        text(
                                "an inference; %,d parameters",
                                result.quantisation().parameters()))
                + tile(
                        "Image",
                        text("%,d", result.imageBytes()),
                        "bytes",
                        text(
                                "signed; without learning its payload has %,d",
                                result.quantisation().payloadBytes()));
    }

    private static String accuracy(String name, Accuracy accuracy) {
        Accuracy.Interval interval = accuracy.interval();
        return tile(
                name,
                text("%.1f", 100 * accuracy.share()),
                "%",
                text(
                        "%d of %d; 95 %% interval %.1f to %.1f %%",
                        accuracy.correct(), accuracy.count(), 100 * interval.low(), 100 * interval.high()));
    }

    private static String tile(String name, String value, String unit, String detail) {
        return "<div class=\"tile\"><dt>" + Html.escape(name) + "</dt><dd class=\"value\">" + Html.escape(value)
                + (unit.isEmpty() ? "" : "<span class=\"unit\"> " + Html.escape(unit) + "</span>")
                + "</dd><dd class=\"detail\">" + Html.escape(detail) + "</dd></div>\n";
    }

    static String verdict(JourneyResult result) {
        List<String> failures = result.failures();
        if (failures.isEmpty()) {
            return "<p class=\"verdict good\"><strong>✓ All went as it must.</strong> "
                    + Html.escape(text(
                            "Board and host agree on all %,d samples, learning won back %s %% of what the shift cost, "
                                    + "and the model pulled from the board is bit for bit the host's.",
                            result.compared(), share(result.wonBack(result.learned()))))
                    + "</p>";
        }
        return failures.stream()
                .map(failure -> "<li>" + Html.escape(failure) + "</li>")
                .collect(Collectors.joining(
                        "",
                        "<div class=\"verdict bad\"><strong>✗ Not all went as it must.</strong><ul>",
                        "</ul></div>"));
    }

    /** In percent; a shift that cost nothing leaves nothing to divide by. */
    private static String share(double share) {
        return Double.isFinite(share) ? text("%.0f", 100 * share).replace('-', '−') : "–";
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
