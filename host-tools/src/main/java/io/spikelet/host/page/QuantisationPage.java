package io.spikelet.host.page;

import io.spikelet.host.report.ByteText;
import io.spikelet.host.report.Evaluation;
import io.spikelet.host.report.LayerActivity;
import io.spikelet.host.report.LayerReport;
import io.spikelet.host.report.MembraneNoise;
import io.spikelet.host.report.QuantisationReport;
import io.spikelet.host.report.SpikeAgreement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A {@link QuantisationReport} as a page. */
public final class QuantisationPage {
    private final QuantisationReport report;

    private QuantisationPage(QuantisationReport report) {
        this.report = report;
    }

    public static MeasurementPage of(QuantisationReport report) {
        return new QuantisationPage(report).page();
    }

    private MeasurementPage page() {
        MeasurementPage page = new MeasurementPage(
                report.name() + ": float against integers",
                text(
                        "%d layers, %d time steps of %s s, profile %s, encoder %s. Figures come from %s.",
                        report.layers().size(),
                        report.timeSteps(),
                        Double.toString(report.discretisation().dt()),
                        report.discretisation().profile(),
                        report.encoder().word(),
                        report.calibration()));
        page.tiles(tiles()).warnings(report.warnings());
        report.advice().ifPresent(advice -> ChoiceSection.add(page, advice));
        report.plan().ifPresent(plan -> ChoiceSection.add(page, plan));
        page.charts("What changed", changes());
        page.sentences("The first spike that differs", divergences());
        page.charts("What it takes", costs());
        page.table(
                "Layers",
                "In the order of computation",
                List.of(
                        "layer",
                        "kind",
                        "shape",
                        "parameters",
                        "bytes",
                        "weights",
                        "at the limit (%)",
                        "rate, float",
                        "rate, integers",
                        "neuron-steps agreeing (%)",
                        "own SNR (dB)",
                        "bits left, proved"),
                report.layers().stream().map(QuantisationPage::row).toList());
        CostSection.add(page, activities(), report.costs(), report.timeSteps());
        return page;
    }

    private List<MeasurementPage.Tile> tiles() {
        List<MeasurementPage.Tile> tiles = new ArrayList<>(List.of(
                AccuracySection.tile("accuracy, float", report.floating()),
                AccuracySection.tile("accuracy, integers", report.integer()),
                new MeasurementPage.Tile(
                        "the same class",
                        text(
                                "%d of %d",
                                report.integer().agreementWith(report.floating()),
                                report.integer().predictions().length),
                        "samples, float against integers"),
                new MeasurementPage.Tile(
                        "payload of the image",
                        ByteText.of(report.payloadBytes()),
                        text("%,d bytes for %,d parameters", report.payloadBytes(), report.parameters()))));
        tiles.addAll(CostSection.tiles(report.costs(), report.energyModel(), report.timeSteps()));
        return tiles;
    }

    private List<Chart> changes() {
        Map<String, MembraneNoise> noise = new LinkedHashMap<>();
        report.layers().forEach(layer -> layer.noise().ifPresent(one -> noise.put(layer.name(), one)));
        List<Chart> charts = new ArrayList<>();
        charts.add(AccuracySection.chart(report.calibration(), evaluations()));
        if (!spikes().isEmpty()) {
            charts.add(LayerCharts.rates(spikes()));
        }
        if (!noise.isEmpty()) {
            charts.add(LayerCharts.noise(noise));
        }
        return charts;
    }

    private Map<String, Evaluation> evaluations() {
        Map<String, Evaluation> evaluations = new LinkedHashMap<>();
        evaluations.put("float", report.floating());
        evaluations.put("integers", report.integer());
        return evaluations;
    }

    private List<Chart> costs() {
        return List.of(
                LayerCharts.bytes(report.payload()),
                LayerCharts.operations(activities()),
                LayerCharts.bits(activities()));
    }

    private List<LayerActivity> activities() {
        return report.layers().stream().map(LayerReport::activity).toList();
    }

    private List<SpikeAgreement> spikes() {
        return report.layers().stream()
                .map(LayerReport::neurons)
                .flatMap(Optional::stream)
                .map(LayerReport.Neurons::spikes)
                .toList();
    }

    private List<String> divergences() {
        List<String> sentences = new ArrayList<>();
        sentences.add(report.firstDivergence()
                .map(layer -> "of all, in layer '" + layer.name() + "'")
                .orElse("none: every spike is the same"));
        for (SpikeAgreement layer : spikes()) {
            sentences.add(layer.layer() + ": "
                    + layer.first().map(SpikeAgreement.Divergence::sentence).orElse("none"));
        }
        return sentences;
    }

    private static List<String> row(LayerReport layer) {
        Optional<LayerReport.Weights> weights = layer.weights();
        Optional<SpikeAgreement> spikes = layer.neurons().map(LayerReport.Neurons::spikes);
        return List.of(
                layer.name(),
                layer.kind(),
                layer.shape().toString(),
                text("%,d", layer.parameters()),
                text("%,d", layer.bytes()),
                cell(weights.map(one -> one.kind().name().toLowerCase(Locale.ROOT))),
                cell(weights.map(one -> text("%.2f", AccuracySection.PERCENT * one.saturated()))),
                cell(spikes.map(one -> text("%.4f", one.floatRate()))),
                cell(spikes.map(one -> text("%.4f", one.integerRate()))),
                cell(spikes.map(one -> text("%.3f", AccuracySection.PERCENT * one.agreement()))),
                cell(layer.noise().map(one -> one.own().text())),
                cell(layer.activity().margin().map(one -> text("%.1f", one.provedBits()))));
    }

    private static String cell(Optional<String> value) {
        return value.orElse("–");
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
