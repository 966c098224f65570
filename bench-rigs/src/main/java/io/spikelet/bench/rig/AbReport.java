package io.spikelet.bench.rig;

import io.spikelet.host.page.Chart;
import io.spikelet.host.page.MeasurementPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A comparison of two images as a page of one file. */
final class AbReport {
    private AbReport() {}

    static String of(AbFiles.Setting setting, AbResult result) throws IOException {
        MeasurementPage page = new MeasurementPage(
                setting.a().file() + " against " + setting.b().file(),
                setting.started() + ", " + setting.identity().name() + " at " + setting.dut()
                        + ": pairs of windows of at least " + setting.rules().seconds()
                        + " s, in an order drawn with seed "
                        + setting.seed() + ".");
        List<MeasurementPage.Tile> tiles = new ArrayList<>();
        result.energy()
                .ifPresent(energy -> tiles.add(new MeasurementPage.Tile(
                        "Energy of B over A",
                        text("%.4f", energy.ratio().value()),
                        AbText.verdict(energy, "takes", "less energy", "more energy")
                                + (result.simulated() ? "; simulated" : ""))));
        result.time()
                .ifPresent(time -> tiles.add(new MeasurementPage.Tile(
                        "Time of B over A",
                        text("%.4f", time.ratio().value()),
                        AbText.verdict(time, "takes", "less time", "more time"))));
        page.tiles(tiles);
        if (!result.notes().isEmpty()) {
            page.sentences("What to know", result.notes());
        }
        result.energy()
                .ifPresent(energy -> page.charts(
                        "Pairs",
                        List.of(chart(
                                result, energy.ratio().low(), energy.ratio().high()))));
        page.table(
                "Every pair",
                "Energy and time an inference",
                List.of("Pair", "First", "A µJ", "B µJ", "B / A", "A µs", "B µs"),
                rows(result));
        page.words(
                "The run",
                "Circumstances",
                List.of("What", "Value"),
                List.of(
                        List.of("A", setting.a().words()),
                        List.of("B", setting.b().words()),
                        List.of("SHA-256 of A", setting.a().digest()),
                        List.of("SHA-256 of B", setting.b().digest()),
                        List.of("Inputs of windows", setting.inputs()),
                        List.of("Meter", result.why().replaceFirst("^meter: ", "")),
                        List.of("Idle power", result.idleSubtracted() ? "subtracted" : "not subtracted"),
                        List.of("Driven by", setting.host().sentence())));
        return page.toHtml();
    }

    private static Chart chart(AbResult result, double low, double high) {
        List<String> ticks = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < result.a().size(); i++) {
            ticks.add(Integer.toString(i + 1));
            ratios.add(
                    100 * (result.b().get(i).microjoules() / result.a().get(i).microjoules() - 1));
        }
        return new Chart(
                "pairs",
                Chart.Kind.LINES,
                "How much more energy B takes, pair by pair",
                "Dashed are the ends of the interval of the mean; when 0 lies between them, no difference was seen.",
                "Energy of image B over image A in percent for each pair of windows",
                "pair",
                "% more than A",
                Double.NaN,
                "%.3f",
                ticks,
                ticks.stream().map(tick -> "pair " + tick).toList(),
                List.of(
                        new Chart.Series("pair", Chart.Role.BOARD, ratios),
                        new Chart.Series(
                                "lower end", Chart.Role.LEVEL, Collections.nCopies(ticks.size(), 100 * (low - 1))),
                        new Chart.Series(
                                "upper end", Chart.Role.LEVEL, Collections.nCopies(ticks.size(), 100 * (high - 1)))));
    }

    private static List<List<String>> rows(AbResult result) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < result.a().size(); i++) {
            double a = result.a().get(i).microjoules();
            double b = result.b().get(i).microjoules();
            rows.add(List.of(
                    Integer.toString(i + 1),
                    result.aFirst().get(i) ? "A" : "B",
                    text("%.5g", a),
                    text("%.5g", b),
                    text("%.4f", b / a),
                    text("%.4g", AbResult.micros(result.a().get(i))),
                    text("%.4g", AbResult.micros(result.b().get(i)))));
        }
        return rows;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
