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
                        "bound margin (2³¹ ÷ proved membrane)",
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
                                    .map(LayerSection::sentence)
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
        row.addAll(layer.neurons().map(LayerSection::neurons).orElse(List.of(NONE, NONE, NONE, NONE)));
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
                text("%,d", neurons.threshold()),
                text("%.1f", neurons.margin()),
                text("%.3f", 100 * neurons.spikes().agreement()),
                text("%.3f", 100 * neurons.spikes().spikesInCommon()));
    }

    private static String sentence(SpikeAgreement.Divergence first) {
        String place = text("sample %d, step %d, neuron %d: ", first.sample(), first.step(), first.neuron());
        return place
                + (first.floatFired()
                        ? text(
                                "float fired, while the integer membrane stayed at %.6g of the %.6g it must exceed",
                                first.integerMembrane(), first.threshold())
                        : text(
                                "the integers fired at %.6g, while the float membrane stayed at %.6g of the %.6g it "
                                        + "must exceed",
                                first.integerMembrane(), first.floatMembrane(), first.threshold()));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
