package io.spikelet.bench.rig;

import io.spikelet.bench.energy.BudgetPart;
import io.spikelet.bench.energy.Interval;
import io.spikelet.bench.energy.IntervalPart;
import io.spikelet.bench.energy.WindowEnergy;
import io.spikelet.bench.measure.Spread;
import io.spikelet.host.page.Chart;
import io.spikelet.host.page.MeasurementPage;
import io.spikelet.host.page.ReportPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A run as a page of one file that needs no network. */
final class RunReport {
    private final RunResult result;

    private RunReport(RunResult result) {
        this.result = result;
    }

    static String of(RunResult result) throws IOException {
        return new RunReport(result).page().toHtml();
    }

    private MeasurementPage page() throws IOException {
        Manifest manifest = result.manifest();
        String image = manifest.image()
                .map(known -> ", image " + known.name() + " " + known.version())
                .orElse("");
        MeasurementPage page = new MeasurementPage(
                "Bench run of " + manifest.identity().name(),
                manifest.started() + ", " + manifest.dut() + image + "; windows: "
                        + manifest.rules().sentence() + ".");
        page.tiles(tiles());
        page.warnings(result.refusals());
        if (!result.findings().isEmpty()) {
            page.sentences("What to know", result.findings());
        }
        if (result.energy().isPresent()) {
            energy(page, result.energy().get());
        }
        result.models().ifPresent(models -> models(page, models));
        result.performance().ifPresent(performance -> performance(page, performance));
        result.accuracy().ifPresent(accuracy -> accuracy(page, accuracy));
        page.words("The run", "Circumstances", List.of("What", "Value"), ManifestRows.of(result));
        return page;
    }

    private void models(MeasurementPage page, BesideModels models) {
        page.table(
                "Measured beside modelled",
                "Energy an inference: measured is all that the board takes" + idle()
                        + ", modelled are estimates from counts on " + models.samples() + " samples",
                List.of("Model", "Measured", "Modelled", "Measured / modelled"),
                models.rows(result.energy()));
        page.words(
                "What the models leave out",
                "And the board takes",
                List.of("Model", "Leaves out"),
                models.models().stream()
                        .map(model -> List.of(model.model(), model.leavesOut()))
                        .toList());
    }

    private String idle() {
        return result.energy().filter(EnergyOutcome::idleSubtracted).isPresent() ? " less its idle power" : "";
    }

    private List<MeasurementPage.Tile> tiles() {
        List<MeasurementPage.Tile> tiles = new ArrayList<>();
        result.energy().ifPresent(energy -> {
            String how = (energy.simulated() ? "simulated, " : "")
                    + (energy.idleSubtracted() ? "idle power subtracted" : "all that the board takes");
            tiles.add(new MeasurementPage.Tile(
                    "Energy an inference",
                    energy.microjoules().map(RunText::micros).orElse("refused"),
                    energy.microjoules().map(RunText::bounds).orElse("see the warnings") + "; " + how));
            if (!Double.isNaN(energy.idleWatts())) {
                tiles.add(new MeasurementPage.Tile(
                        "Idle power", text("%.4g W", energy.idleWatts()), "the board left alone before the windows"));
            }
        });
        result.performance()
                .ifPresent(performance -> tiles.add(new MeasurementPage.Tile(
                        "Inferences a second",
                        performance.refusal().isEmpty() ? text("%.1f", performance.perSecond()) : "refused",
                        text(
                                "median of %d windows, %.1f %% apart",
                                performance.windows().size(), 100 * performance.scatter()))));
        result.accuracy()
                .ifPresent(accuracy -> tiles.add(new MeasurementPage.Tile(
                        "Accuracy",
                        text("%.2f %%", 100 * accuracy.top1().share()),
                        text(
                                "%d of %d; 95 %% interval %.2f to %.2f %%",
                                accuracy.top1().correct(),
                                accuracy.top1().count(),
                                100 * accuracy.top1().interval().low(),
                                100 * accuracy.top1().interval().high()))));
        return tiles;
    }

    private void energy(MeasurementPage page, EnergyOutcome energy) throws IOException {
        TraceFigure trace = new TraceFigure(energy);
        page.figure(
                "Energy", trace.html(), "trace-data", trace.json(), ReportPage.resource(RunReport.class, "trace.js"));
        List<List<String>> rows = new ArrayList<>();
        for (WindowEnergy window : energy.result().windows()) {
            rows.add(List.of(
                    (rows.size() + 1) + (window.refused() ? ", refused" : ""),
                    Long.toString(window.board().inferences()),
                    text("%.3f", window.cut().seconds()),
                    Long.toString(window.samples()),
                    text("%.5g", window.watts()),
                    text("%.5g", window.joules()),
                    text("%.5g", window.microjoules())));
        }
        energy.microjoules()
                .ifPresent(interval -> page.charts("Energy of each window", List.of(scatter(energy, interval))));
        page.table(
                "Windows of energy",
                energy.cut(),
                List.of("Window", "Inferences", "Seconds", "Samples", "Mean W", "J", "µJ an inference"),
                rows);
        if (!energy.result().budget().isEmpty()) {
            page.table(
                    "How wide the interval is",
                    RunText.widths(energy) + "; the widths do not add up, for errors seldom point the same way",
                    List.of("Part alone", "Width in µJ", "Width in %", "Owed by"),
                    energy.result().parts().stream().map(RunReport::part).toList());
            page.table(
                    "Where the uncertainty comes from",
                    "Standard uncertainty of the result by each part alone, largest first",
                    List.of("Part", "µJ an inference", "Share of the variance", "Same in all windows"),
                    energy.result().budget().stream().map(RunReport::budget).toList());
        }
    }

    private static Chart scatter(EnergyOutcome energy, Interval interval) {
        List<String> ticks = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (WindowEnergy window : energy.result().windows()) {
            ticks.add(Integer.toString(ticks.size() + 1));
            labels.add(text("window %d, %.5g µJ an inference", ticks.size(), window.microjoules()));
            values.add(100 * (window.microjoules() / interval.value() - 1));
        }
        return new Chart(
                "window-energy",
                Chart.Kind.LINES,
                "How far windows lie from their median",
                "Dashed are the ends of the interval of the result, which holds the meter's own error too.",
                "Energy of each window in percent of the median, with the ends of the interval",
                "window",
                "% from the median",
                Double.NaN,
                "%.3f",
                ticks,
                labels,
                List.of(
                        new Chart.Series("window", Chart.Role.BOARD, values),
                        level("lower end", interval.low(), interval, ticks.size()),
                        level("upper end", interval.high(), interval, ticks.size())));
    }

    private static Chart.Series level(String name, double end, Interval interval, int windows) {
        return new Chart.Series(
                name, Chart.Role.LEVEL, Collections.nCopies(windows, 100 * (end / interval.value() - 1)));
    }

    private static List<String> part(IntervalPart part) {
        return List.of(
                part.group().words(),
                text("%.4g", part.width()),
                text("%.3f", 100 * part.relative()),
                part.group().isBoards() ? "board" : "instruments");
    }

    private static List<String> budget(BudgetPart part) {
        return List.of(
                part.source().words(),
                text("%.4g", part.standard()),
                text("%.1f %%", 100 * part.share()),
                part.common() ? "yes" : "no");
    }

    private static void performance(MeasurementPage page, PerformanceResult performance) {
        List<List<String>> rows = new ArrayList<>();
        for (Window window : performance.windows()) {
            rows.add(List.of(
                    Integer.toString(rows.size() + 1),
                    Integer.toString(window.sample()),
                    Integer.toString(window.inferences()),
                    text("%.3f", window.seconds()),
                    text("%.1f", window.perSecond()),
                    text("%.1f", window.microsEach())));
        }
        page.table(
                "Performance",
                "Windows by the device's own clock",
                List.of("Window", "Sample", "Inferences", "Seconds", "Inferences a second", "µs an inference"),
                rows);
    }

    private static void accuracy(MeasurementPage page, AccuracyResult accuracy) {
        if (accuracy.timed()) {
            Spread spread = Spread.of(accuracy.micros());
            page.charts(
                    "Latency",
                    List.of(LatencyHistogram.of(
                            accuracy.micros(),
                            text(
                                    "One inference of each sample, by the device's clock: median %.0f µs, quartiles"
                                            + " %.0f to %.0f µs.",
                                    spread.median(), spread.low(), spread.high()))));
        }
        page.words(
                "Accuracy",
                accuracy.data(),
                List.of("What", "Value"),
                List.of(
                        List.of("Greatest score is the label's", accuracy.top1().toString()),
                        List.of(
                                "Accuracy as the MLPerf Tiny runner computes it",
                                text("%.2f %%", 100 * accuracy.runner().accuracy())),
                        List.of(
                                "Area under curve as the runner computes it",
                                text("%.4f", accuracy.runner().areaUnderCurve()))));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
