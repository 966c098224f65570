package io.spikelet.bench.demo;

import io.spikelet.host.page.Html;
import io.spikelet.host.report.LayerReport;
import io.spikelet.host.report.QuantisationReport;
import io.spikelet.host.report.SpikeAgreement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What quantising did to each layer. */
final class LayerSection {
    private static final String NONE = "–";

    private LayerSection() {}

    static String of(QuantisationReport report) {
        StringBuilder html = new StringBuilder(Html.table(
                "Each layer in the order of computation",
                List.of(
                        "layer",
                        "kind",
                        "shape",
                        "parameters",
                        "bytes",
                        "scale of one weight LSB",
                        "weights at the limit (%)",
                        "threshold (LSB)",
                        "bits left before 2³¹, proved",
                        "neuron-steps agreeing (%)",
                        "spikes in common (%)"),
                report.layers().stream().map(LayerSection::row).toList()));
        html.append("<h3>First spike that differs from float</h3><ul class=\"plain\">");
        for (LayerReport layer : report.layers()) {
            layer.neurons()
                    .ifPresent(neurons -> html.append("<li><strong>")
                            .append(Html.escape(layer.name()))
                            .append("</strong>: ")
                            .append(Html.escape(neurons.spikes()
                                    .first()
                                    .map(SpikeAgreement.Divergence::sentence)
                                    .orElse("none; every spike is the same")))
                            .append("</li>"));
        }
        html.append("</ul>");
        for (String warning : report.warnings()) {
            html.append("<p class=\"warning\"><strong>Warning:</strong> ")
                    .append(Html.escape(warning))
                    .append("</p>");
        }
        return html.toString();
    }

    private static List<String> row(LayerReport layer) {
        List<String> row = new ArrayList<>(List.of(
                layer.name(),
                layer.kind(),
                layer.shape().toString(),
                text("%,d", layer.parameters()),
                text("%,d", layer.bytes())));
        row.addAll(layer.weights().map(LayerSection::weights).orElse(List.of(NONE, NONE)));
        row.add(layer.neurons().map(neurons -> text("%,d", neurons.threshold())).orElse(NONE));
        row.add(layer.activity()
                .margin()
                .map(margin -> text("%.1f", margin.provedBits()))
                .orElse(NONE));
        row.addAll(layer.neurons().map(LayerSection::neurons).orElse(List.of(NONE, NONE)));
        return row;
    }

    private static List<String> weights(LayerReport.Weights weights) {
        String scale = weights.scaleMinimum() == weights.scaleMaximum()
                ? text("%.2e", weights.scaleMinimum())
                : text("%.2e to %.2e", weights.scaleMinimum(), weights.scaleMaximum());
        return List.of(scale, text("%.2f", 100 * weights.saturated()));
    }

    private static List<String> neurons(LayerReport.Neurons neurons) {
        return List.of(
                text("%.3f", 100 * neurons.spikes().agreement()),
                text("%.3f", 100 * neurons.spikes().spikesInCommon()));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
