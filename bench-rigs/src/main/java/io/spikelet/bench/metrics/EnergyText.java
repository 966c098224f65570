package io.spikelet.bench.metrics;

import io.spikelet.host.report.TextTable;
import java.util.List;
import java.util.Locale;

/** An energy report for a person. */
final class EnergyText {
    private EnergyText() {}

    static String of(EnergyReport report) {
        ImageMetrics metrics = report.metrics();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s on %s: %,d samples, %,d steps (T = %d, %.2f a sample); counted by the engine on plain kernels%n",
                metrics.image(),
                metrics.data(),
                metrics.samples(),
                metrics.steps(),
                metrics.network().timeSteps(),
                metrics.stepsPerSample()));
        if (report.has(EnergyMode.NEUROBENCH)) {
            section(text, "NeuroBench's metrics", MetricRows.METRICS, MetricRows.metrics(metrics), true);
            report.floating()
                    .ifPresent(floating -> section(
                            text,
                            "The same of " + floating.graph() + ", in float32",
                            MetricRows.METRICS,
                            MetricRows.floating(floating),
                            true));
            section(
                    text,
                    "Synaptic operations by layer, biases excluded; 'runs' is what the engine works",
                    MetricRows.LAYERS,
                    MetricRows.layers(metrics),
                    false);
            sentences(text, "How each layer is counted", MetricRows.rules(metrics));
        }
        if (!report.energies().isEmpty()) {
            section(
                    text,
                    "Energy of one inference, modelled, not measured",
                    MetricRows.ENERGIES,
                    MetricRows.energies(report.energies()),
                    true);
            sentences(text, "Models", MetricRows.sources(report.energies()));
        }
        if (!report.training().isEmpty()) {
            section(text, training(report), MetricRows.TRAINING, MetricRows.training(report.training()), false);
        }
        if (!report.devices().isEmpty()) {
            section(
                    text,
                    "What devices counted, writing left out; energy is modelled",
                    MetricRows.DEVICES,
                    MetricRows.devices(report.devices()),
                    false);
        }
        return text.toString().stripTrailing();
    }

    static String training(EnergyReport report) {
        SataEstimate first = report.training().getFirst();
        return String.format(
                Locale.ROOT,
                "Training on one sample, modelled by SATA (%s), in 16-bit MACs of 0.2779 pJ; spikes' sparsity measured,"
                        + " gradients' %.2f assumed",
                first.mode().word(),
                first.gradientSparsity());
    }

    private static void section(
            StringBuilder text, String heading, List<String> header, List<List<String>> rows, boolean endsInWords) {
        TextTable table = new TextTable(header.toArray(String[]::new));
        if (endsInWords) {
            table.endingInWords();
        }
        rows.forEach(row -> table.row(row.toArray(String[]::new)));
        text.append('\n').append(heading).append('\n');
        table.appendTo(text);
    }

    private static void sentences(StringBuilder text, String heading, List<String> sentences) {
        text.append('\n').append(heading).append('\n');
        sentences.forEach(sentence -> text.append("  ").append(sentence).append('\n'));
    }
}
