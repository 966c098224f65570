package io.spikelet.host.page;

import io.spikelet.host.report.ByteText;
import io.spikelet.host.report.EnergyModel;
import io.spikelet.host.report.Evaluation;
import io.spikelet.host.report.ImageCosts;
import io.spikelet.host.report.SpikeAgreement;
import io.spikelet.host.report.SpikeComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a network answers to samples, and what that costs, as a page. */
public final class EvaluationPage {
    private EvaluationPage() {}

    /**
     * @param name of the model
     * @param samples their name
     * @param evaluations by what ran, such as {@code float}; one or more
     * @param costs of the integers, where some ran
     */
    public static MeasurementPage of(
            String name,
            String samples,
            Map<String, Evaluation> evaluations,
            Optional<ImageCosts> costs,
            EnergyModel model) {
        MeasurementPage page = new MeasurementPage(
                name + " on " + samples,
                "What the model answers"
                        + costs.map(found -> String.format(
                                        Locale.ROOT,
                                        ", and what that costs layer by layer, on the first %d samples",
                                        found.samples()))
                                .orElse("")
                        + ".");
        List<MeasurementPage.Tile> tiles = new ArrayList<>();
        evaluations.forEach((which, evaluation) -> tiles.add(AccuracySection.tile("accuracy, " + which, evaluation)));
        costs.ifPresent(found -> {
            tiles.add(new MeasurementPage.Tile(
                    "payload of the image", ByteText.of(found.payload().total()), "without header and signature"));
            tiles.addAll(CostSection.tiles(found.costs(), model, found.timeSteps()));
        });
        page.tiles(tiles).charts("Accuracy", List.of(AccuracySection.chart(samples, evaluations)));
        costs.ifPresent(found -> add(page, found));
        return page;
    }

    private static void add(MeasurementPage page, ImageCosts found) {
        if (found.comparison().isPresent()) {
            SpikeComparison comparison = found.comparison().get();
            List<Chart> charts = new ArrayList<>();
            if (!comparison.layers().isEmpty()) {
                charts.add(LayerCharts.rates(comparison.layers()));
            }
            if (!comparison.noise().isEmpty()) {
                charts.add(LayerCharts.noise(comparison.noise()));
            }
            if (!charts.isEmpty()) {
                page.charts("Float against integers", charts);
            }
            page.sentences(
                    "The first spike that differs",
                    comparison.layers().stream()
                            .map(layer -> layer.layer() + ": "
                                    + layer.first()
                                            .map(SpikeAgreement.Divergence::sentence)
                                            .orElse("none"))
                            .toList());
        }
        page.charts(
                "What it takes",
                List.of(
                        LayerCharts.bytes(found.payload()),
                        LayerCharts.operations(found.layers()),
                        LayerCharts.bits(found.layers())));
        CostSection.add(page, found.layers(), found.costs(), found.timeSteps());
    }
}
