package io.spikelet.bench.metrics;

import io.spikelet.host.page.Chart;
import io.spikelet.host.page.MeasurementPage;
import io.spikelet.host.report.SynapticOperations;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** An energy report as a page. */
final class EnergyPage {
    private static final String MODELLED = "Modelled from counts by published figures; nothing here was measured.";

    private EnergyPage() {}

    static MeasurementPage of(EnergyReport report) {
        ImageMetrics metrics = report.metrics();
        MeasurementPage page = new MeasurementPage(
                "Counts and modelled energy of " + metrics.image(),
                String.format(
                        Locale.ROOT,
                        "%,d samples of %s, %,d steps, T = %d; counted by the engine on plain kernels.",
                        metrics.samples(),
                        metrics.data(),
                        metrics.steps(),
                        metrics.network().timeSteps()));
        if (report.has(EnergyMode.NEUROBENCH)) {
            page.table(
                    "NeuroBench's metrics",
                    "Every count with its denominator.",
                    MetricRows.METRICS,
                    MetricRows.metrics(metrics));
            report.floating()
                    .ifPresent(floating -> page.table(
                            "The same of the float graph",
                            floating.graph() + ", in float32",
                            MetricRows.METRICS,
                            MetricRows.floating(floating)));
            page.charts("Synaptic operations", List.of(operations(metrics)));
            page.table(
                    "By layer",
                    "Biases excluded. The last but one column is what the engine works a sample.",
                    MetricRows.LAYERS,
                    MetricRows.layers(metrics));
            page.sentences("How each layer is counted", MetricRows.rules(metrics));
        }
        if (!report.energies().isEmpty()) {
            page.charts("Energy of one inference, modelled", List.of(energies(report.energies())));
            page.table("By model", MODELLED, MetricRows.ENERGIES, MetricRows.energies(report.energies()));
            page.sentences("Models", MetricRows.sources(report.energies()));
        }
        if (!report.training().isEmpty()) {
            page.table(
                    "Training on one sample",
                    EnergyText.training(report),
                    MetricRows.TRAINING,
                    MetricRows.training(report.training()));
        }
        if (!report.devices().isEmpty()) {
            page.table(
                    "Devices",
                    "Counted since they were programmed; energy is modelled, writing left out.",
                    MetricRows.DEVICES,
                    MetricRows.devices(report.devices()));
        }
        return page;
    }

    private static Chart operations(ImageMetrics metrics) {
        List<LayerMetrics> weighted =
                metrics.layers().stream().filter(LayerMetrics::hasOperations).toList();
        List<String> names = weighted.stream().map(LayerMetrics::name).toList();
        return new Chart(
                "operations",
                Chart.Kind.BARS,
                "Operations a sample, by layer",
                "NeuroBench's Dense, and its effective ACs and MACs.",
                "Bars of dense and effective operations a sample for each layer with weights.",
                "layer",
                "operations a sample",
                Double.NaN,
                "%,.0f",
                names,
                names,
                List.of(
                        series("Dense", Chart.Role.PLAIN, weighted, SynapticOperations::dense),
                        series("effective ACs", Chart.Role.BOARD, weighted, SynapticOperations::accumulates),
                        series("effective MACs", Chart.Role.CONTROL, weighted, SynapticOperations::multiplies)));
    }

    private static Chart.Series series(
            String name, Chart.Role role, List<LayerMetrics> layers, ToDoubleFunction<SynapticOperations> part) {
        return new Chart.Series(
                name,
                role,
                layers.stream()
                        .map(layer -> part.applyAsDouble(layer.neuroBenchPerSample()))
                        .toList());
    }

    private static Chart energies(List<ModelledEnergy> energies) {
        List<String> names = energies.stream().map(ModelledEnergy::model).toList();
        return new Chart(
                "energies",
                Chart.Kind.BARS,
                "Modelled energy by model",
                MODELLED + " In µJ an inference.",
                "Bars of modelled microjoules an inference, one for each model.",
                "model",
                "µJ an inference",
                Double.NaN,
                "%.4g",
                names,
                names,
                List.of(new Chart.Series(
                        "modelled",
                        Chart.Role.BOARD,
                        energies.stream().map(ModelledEnergy::microjoules).toList())));
    }
}
