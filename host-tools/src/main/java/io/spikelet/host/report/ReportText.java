package io.spikelet.host.report;

import java.util.Locale;

/** Writes a {@link QuantisationReport} for a person. */
final class ReportText {
    private final QuantisationReport report;
    private final StringBuilder text = new StringBuilder();

    private ReportText(QuantisationReport report) {
        this.report = report;
    }

    static String of(QuantisationReport report) {
        ReportText page = new ReportText(report);
        page.heading();
        page.layers();
        page.weights();
        page.neurons();
        page.spikes();
        page.noise();
        page.margins();
        page.divergences();
        CostText.append(page.text, report);
        report.advice().ifPresent(advice -> ChoiceText.append(page.text, advice));
        report.plan().ifPresent(plan -> ChoiceText.append(page.text, plan));
        page.totals();
        return page.text.toString();
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String cell(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private void heading() {
        line(
                "%s: %d layers, %d time steps of %s s, profile %s, encoder %s",
                report.name(),
                report.layers().size(),
                report.timeSteps(),
                Double.toString(report.discretisation().dt()),
                report.discretisation().profile(),
                report.encoder().word());
    }

    private void layers() {
        TextTable table = new TextTable("layer", "kind", "shape", "parameters", "bytes");
        for (LayerReport layer : report.layers()) {
            table.row(
                    layer.name(),
                    layer.kind(),
                    layer.shape().toString(),
                    cell("%,d", layer.parameters()),
                    cell("%,d", layer.bytes()));
        }
        table("Layers", table);
    }

    private void weights() {
        TextTable table = new TextTable("layer", "kind", "bits", "least scale", "largest scale", "at the limit (%)");
        for (LayerReport layer : report.layers()) {
            layer.weights()
                    .ifPresent(weights -> table.row(
                            layer.name(),
                            weights.kind().name().toLowerCase(Locale.ROOT),
                            cell("%d", weights.kind().bits()),
                            cell("%.3e", weights.scaleMinimum()),
                            cell("%.3e", weights.scaleMaximum()),
                            cell("%.2f", 100 * weights.saturated())));
        }
        table("Weights, one scale an output channel (scale: real value of one LSB)", table);
    }

    private void neurons() {
        TextTable table =
                new TextTable("layer", "threshold (LSB)", "its error (ppm)", "leak error (ppm)", "gain error (ppm)");
        for (LayerReport layer : report.layers()) {
            layer.neurons()
                    .ifPresent(neurons -> table.row(
                            layer.name(),
                            cell("%,d", neurons.threshold()),
                            cell("%.2f", 1e6 * neurons.thresholdError()),
                            cell("%.1f", 1e6 * neurons.leakError()),
                            cell("%.1f", 1e6 * neurons.gainError())));
        }
        table("Neurons in fixed point", table);
    }

    private void spikes() {
        TextTable table = new TextTable(
                "layer",
                "float rate",
                "integer rate",
                "spikes that differ",
                "neuron-steps agreeing (%)",
                "spikes in common (%)");
        for (LayerReport layer : report.layers()) {
            layer.neurons()
                    .map(LayerReport.Neurons::spikes)
                    .ifPresent(spikes -> table.row(
                            layer.name(),
                            cell("%.4f", spikes.floatRate()),
                            cell("%.4f", spikes.integerRate()),
                            cell("%,d", spikes.differing()),
                            cell("%.3f", 100 * spikes.agreement()),
                            cell("%.3f", 100 * spikes.spikesInCommon())));
        }
        table("Spikes on " + report.calibration() + " (rate: spikes a neuron and step)", table);
    }

    private void noise() {
        TextTable table = new TextTable("layer", "of its own (dB)", "with all before (dB)");
        for (LayerReport layer : report.layers()) {
            layer.noise()
                    .ifPresent(noise -> table.row(
                            layer.name(), noise.own().text(), noise.whole().text()));
        }
        table("Signal to noise of membranes before the compare, float against integers", table);
    }

    private void margins() {
        TextTable table =
                new TextTable("layer", "proved (LSB)", "observed (LSB)", "bits left, proved", "bits left, observed");
        for (LayerReport layer : report.layers()) {
            layer.activity()
                    .margin()
                    .ifPresent(margin -> table.row(
                            layer.name(),
                            cell("%,d", margin.proved()),
                            cell("%,d", margin.observed()),
                            cell("%.1f", margin.provedBits()),
                            cell("%.1f", margin.observedBits())));
        }
        table(
                "Largest accumulator or membrane against 2^31 (proved for every input within " + report.timeSteps()
                        + " time steps)",
                table);
    }

    private void divergences() {
        if (report.layers().stream().allMatch(layer -> layer.neurons().isEmpty())) {
            return;
        }
        text.append("\nFirst spike that differs\n");
        String earliest = report.firstDivergence().map(LayerReport::name).orElse("");
        for (LayerReport layer : report.layers()) {
            layer.neurons()
                    .map(LayerReport.Neurons::spikes)
                    .ifPresent(spikes -> text.append(layer.name().equals(earliest) ? "> " : "  ")
                            .append(layer.name())
                            .append(": ")
                            .append(spikes.first()
                                    .map(SpikeAgreement.Divergence::sentence)
                                    .orElse("none"))
                            .append('\n'));
        }
    }

    private void totals() {
        Evaluation integer = report.integer();
        text.append('\n');
        line("Accuracy, float      %s", report.floating().accuracy());
        line("Accuracy, integer    %s", integer.accuracy());
        line(
                "Spikes               %,.1f an inference, %,.1f a step (float: %,.1f an inference)",
                integer.spikesPerInference(),
                integer.spikesPerInference() / report.timeSteps(),
                report.floating().spikesPerInference());
        line(
                "Same class           %d of %d samples in float and integers",
                integer.agreementWith(report.floating()), integer.predictions().length);
        line(
                "Synaptic operations  %,.0f an inference, %,.0f a step",
                integer.operationsPerInference(), integer.operationsPerInference() / report.timeSteps());
        line(
                "Energy, estimated    %s (model %s)",
                CostText.energy(report.energyModel().nanojoules(report.costs())),
                report.energyModel().word());
        line(
                "Image payload        %,d bytes for %,d parameters, without header and signature",
                report.payloadBytes(), report.parameters());
        for (String warning : report.warnings()) {
            line("Warning: %s", warning);
        }
    }

    private void table(String title, TextTable table) {
        if (!table.isEmpty()) {
            text.append('\n').append(title).append('\n');
            table.appendTo(text);
        }
    }
}
