package io.spikelet.bench.demo;

import io.spikelet.host.page.Html;
import io.spikelet.host.report.QuantisationReport;
import java.util.Locale;

/** What happened, in the order in which it happened. */
final class Story {
    private final StringBuilder html = new StringBuilder("<ol class=\"story\">\n");

    private Story() {}

    static String of(JourneyResult result) {
        QuantisationReport network = result.quantisation();
        SensorShift shift = result.shift();
        Story story = new Story();
        story.step(
                "Quantised",
                "%s came in as NIR and became integers: %,d parameters in %,d bytes, %d time steps, profile %s; every "
                        + "accumulator and membrane is proved to fit.",
                network.name(),
                network.parameters(),
                network.payloadBytes(),
                network.timeSteps(),
                network.discretisation().profile());
        story.step(
                "Flashed over serial, with a pulled plug",
                "The board was killed when it had acknowledged %,d bytes. With power back, the upload went on at byte "
                        + "%,d; the image ran on trial and was confirmed.",
                result.plug().at(),
                result.plug().resumedAt());
        story.step(
                "Inferred",
                "%,d test scans over serial: %s on the board.",
                result.before().answers().count(),
                result.before().board());
        story.step(
                "Flashed again over MQTT",
                "An image that may learn, %,d bytes. The older one was then offered again, and refused: “%s”",
                result.imageBytes(),
                result.downgradeRefusal());
        story.step(
                "Changed the sensor",
                "Every scan turned by %s degrees at gain %s: %s on the board.",
                shift.degrees(),
                shift.gain(),
                result.shifted().board());
        story.step(
                "Learned on the board",
                "%s. True labels: %s. Shuffled labels, from the same start: %s.",
                result.labelled(),
                result.learned().after().board(),
                result.control().after().board());
        story.step(
                "What it forgot",
                "The learned network on the unshifted scans: %s.",
                result.originalAfterLearning().board());
        story.step(
                "Pulled the learned model back",
                result.pulledEqualsTwin()
                        ? "It is, bit for bit, what the same learning gives on the host."
                        : "It is NOT what the same learning gives on the host.");
        story.step(
                "Listened all the while",
                "A collector on the broker saw %d Sparkplug births and %d data messages.",
                result.births(),
                result.data());
        return story.html.append("</ol>").toString();
    }

    private void step(String title, String format, Object... values) {
        html.append("<li><strong>")
                .append(Html.escape(title))
                .append(".</strong> ")
                .append(Html.escape(String.format(Locale.ROOT, format, values)))
                .append("</li>\n");
    }
}
