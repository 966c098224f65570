package io.spikelet.bench.demo;

import io.spikelet.host.page.Html;
import java.util.Map;

/** The last value of every metric, or why the board had none. */
final class TelemetrySection {
    private static final String ABSENT = "not available";

    private TelemetrySection() {}

    static String of(Map<String, String> telemetry) {
        StringBuilder html = new StringBuilder("<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
                + "aria-label=\"Telemetry\"><table class=\"telemetry\"><thead><tr><th scope=\"col\">metric</th>"
                + "<th scope=\"col\">last value</th></tr></thead><tbody>");
        telemetry.forEach((name, value) -> html.append("<tr><th scope=\"row\">")
                .append(Html.escape(name))
                .append(value.startsWith(ABSENT) ? "</th><td class=\"absent\">" : "</th><td>")
                .append(Html.escape(value))
                .append("</td></tr>\n"));
        return html.append("</tbody></table></div>").toString();
    }
}
