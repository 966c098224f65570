package io.spikelet.host.page;

import io.spikelet.host.report.Accuracy;
import io.spikelet.host.report.Advice;
import io.spikelet.host.report.ByteText;
import io.spikelet.host.report.KindTrial;
import io.spikelet.host.report.MixedPlan;
import io.spikelet.model.WeightKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Other kinds of weights: what was tried, and what was chosen. */
final class ChoiceSection {
    private static final Chart.Role[] ROLES = {
        Chart.Role.BOARD, Chart.Role.CONTROL, Chart.Role.PLAIN, Chart.Role.FLOAT, Chart.Role.LEVEL
    };

    private ChoiceSection() {}

    static void add(MeasurementPage page, Advice advice) {
        List<String> sentences = new ArrayList<>();
        advice.trials().forEach(trial -> sentences.add(trial.sentence()));
        sentences.addAll(advice.untried());
        page.sentences("Advice", sentences);
        if (!advice.trials().isEmpty()) {
            page.charts("Each layer alone in other kinds", List.of(losses(advice)));
        }
    }

    private static Chart losses(Advice advice) {
        Set<String> layers = new LinkedHashSet<>();
        Set<WeightKind> kinds = new LinkedHashSet<>();
        for (KindTrial trial : advice.trials()) {
            layers.add(trial.layer());
            kinds.add(trial.to());
        }
        List<Chart.Series> series = new ArrayList<>();
        for (WeightKind kind : kinds) {
            List<Double> values = new ArrayList<>();
            List<Accuracy.Interval> intervals = new ArrayList<>();
            for (String layer : layers) {
                Optional<KindTrial> trial = advice.trials().stream()
                        .filter(one -> one.layer().equals(layer) && one.to() == kind)
                        .findFirst();
                values.add(trial.map(one -> one.loss().points()).orElse(Double.NaN));
                intervals.add(
                        trial.map(one -> one.loss().interval()).orElse(new Accuracy.Interval(Double.NaN, Double.NaN)));
            }
            series.add(new Chart.Series(word(kind), ROLES[series.size() % ROLES.length], values, intervals));
        }
        List<String> names = List.copyOf(layers);
        return new Chart(
                "advice",
                Chart.Kind.BARS,
                "What each layer loses alone",
                "Percentage points against the network as it was, on the same samples; below 0 it gains. Whiskers: 95 %"
                        + " intervals of the paired difference.",
                "Bar chart of the points that each layer loses alone in other kinds of weights.",
                "layer",
                "points lost",
                Double.NaN,
                "%.2f",
                names,
                names,
                series);
    }

    static void add(MeasurementPage page, MixedPlan plan) {
        page.charts("Bytes against accuracy", List.of(curve(plan)));
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < plan.points().size(); i++) {
            MixedPlan.Point point = plan.points().get(i);
            rows.add(List.of(
                    name(point),
                    text("%,d", point.bytes()),
                    Double.isNaN(point.predictedPoints()) ? "–" : text("%.2f", point.predictedPoints()),
                    text("%.4f", point.weightError()),
                    point.measured().toString(),
                    i == plan.chosen() ? "chosen" : ""));
        }
        page.table(
                "The plan, step by step",
                text("Budget %,d bytes of payload. Each row changes one layer more.", plan.budget()),
                List.of("then", "bytes", "predicted loss (points)", "error of weights", "measured loss", ""),
                rows);
    }

    private static Chart curve(MixedPlan plan) {
        List<MixedPlan.Point> points = plan.points();
        List<Chart.Series> series = new ArrayList<>();
        series.add(new Chart.Series(
                "measured",
                Chart.Role.BOARD,
                points.stream().map(point -> point.measured().points()).toList(),
                points.stream().map(point -> point.measured().interval()).toList()));
        if (plan.basis() == MixedPlan.Basis.MEASURED) {
            series.add(new Chart.Series(
                    "predicted: the sum of what layers lose alone",
                    Chart.Role.CONTROL,
                    points.stream().map(MixedPlan.Point::predictedPoints).toList()));
        }
        return new Chart(
                "pareto",
                Chart.Kind.LINES,
                "What fewer bytes cost",
                "Points lost against the network as it was, as one layer after the other gets narrower; chosen: "
                        + ByteText.of(plan.choice().bytes()) + " for a budget of " + ByteText.of(plan.budget())
                        + ". Whiskers: 95 % intervals of the paired difference.",
                "Line chart of points lost over bytes of payload, from "
                        + ByteText.of(points.getFirst().bytes()) + " to "
                        + ByteText.of(points.getLast().bytes()) + ".",
                "bytes of payload",
                "points lost",
                Double.NaN,
                "%.2f",
                points.stream().map(point -> ByteText.of(point.bytes())).toList(),
                points.stream()
                        .map(point -> ByteText.of(point.bytes()) + ", " + name(point))
                        .toList(),
                series);
    }

    private static String name(MixedPlan.Point point) {
        return point.step().isEmpty() ? "as it is" : point.step();
    }

    private static String word(WeightKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
