package io.spikelet.bench.adapt;

import io.spikelet.host.page.Chart;
import io.spikelet.host.page.MeasurementPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** A result as a page: curves over the days, or bars of speakers, and every figure in tables. */
final class AdaptReport {
    /** With more stages than this, the course is a curve. */
    private static final int FEW_STAGES = 3;

    private AdaptReport() {}

    static MeasurementPage page(AdaptResult result) {
        Plan plan = result.plan();
        MeasurementPage page = new MeasurementPage(
                result.title(),
                String.format(
                        Locale.ROOT,
                        "An integer spiking network of %d hidden neurons and %d time steps, trained and adapted by the"
                                + " board's learner, with %,d bytes of memory for what it rehearses.",
                        plan.hidden(),
                        plan.timeSteps(),
                        plan.memoryBytes()));
        page.charts("Accuracy", charts(result));
        page.table("Promises", "Percent, or points", List.of("promise", "measured", "limit", ""), claims(result));
        table(page, "Means", AdaptTable.means(result));
        table(page, "Every subject", AdaptTable.subjects(result));
        return page;
    }

    private static void table(MeasurementPage page, String heading, List<List<String>> rows) {
        page.table(heading, "Percent right", rows.getFirst(), rows.subList(1, rows.size()));
    }

    private static List<List<String>> claims(AdaptResult result) {
        List<List<String>> rows = new ArrayList<>();
        for (Claim claim : result.claims()) {
            rows.add(List.of(
                    claim.promise(),
                    String.format(Locale.ROOT, "%.1f", claim.measured()),
                    String.format(Locale.ROOT, "%s %.1f", claim.atMost() ? "at most" : "at least", claim.limit()),
                    claim.holds() ? "holds" : "does not hold"));
        }
        return rows;
    }

    private static List<Chart> charts(AdaptResult result) {
        List<Stage> stages = result.courses().getFirst().course().stages();
        if (stages.size() > FEW_STAGES) {
            List<String> ticks = stages.stream()
                    .map(stage -> stage.name().replace("day ", "") + stage.group())
                    .toList();
            List<String> labels = stages.stream()
                    .map(stage -> stage.name() + ", placement " + stage.group())
                    .toList();
            return List.of(chart(
                    result,
                    "stages",
                    "Over the days",
                    Chart.Kind.LINES,
                    "day, placement",
                    ticks,
                    labels,
                    method -> k -> result.courses().stream()
                            .mapToDouble(one -> one.of(method).stages()[k])
                            .average()
                            .orElse(Double.NaN)));
        }
        List<String> subjects =
                result.courses().stream().map(one -> one.course().subject()).toList();
        List<Chart> charts = new ArrayList<>();
        for (String group : result.groups()) {
            charts.add(chart(
                    result,
                    "subjects-" + charts.size(),
                    "Each speaker, " + group,
                    Chart.Kind.BARS,
                    "speaker",
                    subjects,
                    subjects,
                    method -> k -> result.courses().get(k).mean(method, group)));
        }
        return charts;
    }

    /** What one method has at each tick. */
    @FunctionalInterface
    private interface Curve {
        IntFunction<Double> of(String method);
    }

    private static Chart chart(
            AdaptResult result,
            String id,
            String title,
            Chart.Kind kind,
            String across,
            List<String> ticks,
            List<String> labels,
            Curve curve) {
        List<Chart.Series> series = new ArrayList<>();
        for (String method : result.methods()) {
            List<Double> values = new ArrayList<>();
            for (int k = 0; k < ticks.size(); k++) {
                values.add(100 * curve.of(method).apply(k));
            }
            series.add(new Chart.Series(method, role(method), values));
        }
        String words = series.stream()
                .map(one -> one.name() + " "
                        + one.values().stream()
                                .map(value -> String.format(Locale.ROOT, "%.0f", value))
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
        return new Chart(
                id,
                kind,
                title,
                "% right" + (kind == Chart.Kind.LINES ? ", mean of subjects." : "."),
                "Percent right over " + across + ": " + words + ".",
                across,
                "% right",
                100,
                "%.1f",
                ticks,
                labels,
                series);
    }

    private static Chart.Role role(String method) {
        for (Method ours : Method.values()) {
            if (ours.label().equals(method)) {
                return switch (ours) {
                    case ADAPTED -> Chart.Role.BOARD;
                    case SHUFFLED -> Chart.Role.CONTROL;
                    case FROZEN, LAST_LAYER -> Chart.Role.PLAIN;
                };
            }
        }
        return method.contains("float32") || method.contains("BPTT") ? Chart.Role.FLOAT : Chart.Role.PEER;
    }
}
