package io.spikelet.bench.crossbar;

import io.spikelet.host.page.Chart;
import io.spikelet.host.page.MeasurementPage;
import io.spikelet.host.report.Accuracy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The trials as a page: loss against time steps, deviation, bits and size, and every figure in a table. */
final class CrossbarReport {
    private static final Chart.Role[] ROLES = {
        Chart.Role.BOARD, Chart.Role.PLAIN, Chart.Role.PEER, Chart.Role.CONTROL, Chart.Role.FLOAT, Chart.Role.LEVEL
    };

    private CrossbarReport() {}

    static MeasurementPage page(String lead, List<Trial> trials, List<Claim> claims) {
        MeasurementPage page = new MeasurementPage("Networks on memristive crossbars", lead);
        List<Trial> time =
                trials.stream().filter(trial -> trial.part().equals("time")).toList();
        for (String group :
                time.stream().map(trial -> trial.subject().group()).distinct().toList()) {
            List<Trial> own = time.stream()
                    .filter(trial -> trial.subject().group().equals(group))
                    .toList();
            page.charts("Time steps: " + group, List.of(steps(group, own)));
        }
        if (!claims.isEmpty()) {
            page.sentences(
                    "Do fewer time steps survive better?",
                    claims.stream().map(Claim::sentence).toList());
        }
        for (String part : List.of("sigma", "adc", "size")) {
            List<Trial> own =
                    trials.stream().filter(trial -> trial.part().equals(part)).toList();
            if (!own.isEmpty()) {
                page.charts(part, List.of(conditions(part, own)));
            }
        }
        return page.table(
                "Every figure",
                "points of accuracy below the network's own in integers",
                CrossbarTable.HEADINGS,
                CrossbarTable.rows(trials));
    }

    /** A line a condition, over T. */
    private static Chart steps(String group, List<Trial> trials) {
        List<Integer> ticks = trials.stream()
                .map(trial -> trial.subject().steps())
                .distinct()
                .sorted()
                .toList();
        List<Chart.Series> series = new ArrayList<>();
        for (String condition : trials.stream().map(Trial::condition).distinct().toList()) {
            List<Trial> own = trials.stream()
                    .filter(trial -> trial.condition().equals(condition))
                    .toList();
            add(
                    series,
                    condition,
                    ticks.stream()
                            .map(steps -> own.stream()
                                    .filter(trial -> trial.subject().steps() == steps)
                                    .findFirst()
                                    .orElse(null))
                            .toList());
        }
        return chart(
                "time-" + group.replaceAll("[^a-z0-9]+", "-"),
                "time steps T",
                ticks.stream().map(String::valueOf).toList(),
                series);
    }

    /** A line a subject, over conditions. */
    private static Chart conditions(String part, List<Trial> trials) {
        List<String> ticks = trials.stream().map(Trial::condition).distinct().toList();
        List<Chart.Series> series = new ArrayList<>();
        for (String subject :
                trials.stream().map(CrossbarTable::subject).distinct().toList()) {
            List<Trial> own = trials.stream()
                    .filter(trial -> CrossbarTable.subject(trial).equals(subject))
                    .toList();
            add(
                    series,
                    subject,
                    ticks.stream()
                            .map(tick -> own.stream()
                                    .filter(trial -> trial.condition().equals(tick))
                                    .findFirst()
                                    .orElse(null))
                            .toList());
        }
        return chart(part, part, ticks, series);
    }

    private static void add(List<Chart.Series> series, String name, List<Trial> trials) {
        List<Double> means = new ArrayList<>();
        List<Accuracy.Interval> spreads = new ArrayList<>();
        for (Trial trial : trials) {
            double mean = trial == null ? Double.NaN : trial.chips().mean();
            double spread = trial == null ? Double.NaN : trial.chips().spread();
            means.add(mean);
            spreads.add(new Accuracy.Interval(mean - spread, mean + spread));
        }
        series.add(new Chart.Series(name, ROLES[series.size() % ROLES.length], means, spreads));
    }

    private static Chart chart(String id, String across, List<String> ticks, List<Chart.Series> series) {
        String words = series.stream()
                .map(one -> one.name() + " "
                        + one.values().stream()
                                .map(value -> String.format(Locale.ROOT, "%.2f", value))
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
        return new Chart(
                id,
                Chart.Kind.LINES,
                "Loss against " + across,
                "Points of accuracy below the network's own; mean of chips, and their standard deviation.",
                "Line chart of points lost over " + across + " at " + String.join(", ", ticks) + ": " + words + ".",
                across,
                "points lost",
                Double.NaN,
                "%.2f",
                ticks,
                ticks,
                series);
    }
}
