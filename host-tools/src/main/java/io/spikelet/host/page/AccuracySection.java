package io.spikelet.host.page;

import io.spikelet.host.report.Accuracy;
import io.spikelet.host.report.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Accuracies side by side. */
final class AccuracySection {
    static final double PERCENT = 100;

    private AccuracySection() {}

    /** @param evaluations by what ran */
    static Chart chart(String samples, Map<String, Evaluation> evaluations) {
        List<String> names = List.copyOf(evaluations.keySet());
        List<Double> shares = new ArrayList<>();
        List<Accuracy.Interval> intervals = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (String name : names) {
            Accuracy accuracy = evaluations.get(name).accuracy();
            shares.add(PERCENT * accuracy.share());
            intervals.add(new Accuracy.Interval(
                    PERCENT * accuracy.interval().low(),
                    PERCENT * accuracy.interval().high()));
            words.add(String.format(Locale.ROOT, "%s %.1f %%", name, PERCENT * accuracy.share()));
        }
        return new Chart(
                "accuracy",
                Chart.Kind.BARS,
                "Accuracy",
                "Share of " + samples + " that was right, in percent. Whiskers: 95 % confidence intervals (Wilson).",
                "Bar chart of accuracy: " + String.join(", ", words) + ".",
                "arithmetic",
                "accuracy (%)",
                PERCENT,
                "%.2f",
                names,
                names,
                List.of(new Chart.Series("accuracy", Chart.Role.BOARD, shares, intervals)));
    }

    static MeasurementPage.Tile tile(String name, Evaluation evaluation) {
        Accuracy accuracy = evaluation.accuracy();
        return new MeasurementPage.Tile(
                name,
                String.format(Locale.ROOT, "%.2f %%", PERCENT * accuracy.share()),
                String.format(
                        Locale.ROOT,
                        "%d of %d; 95 %% interval %.2f to %.2f %%",
                        accuracy.correct(),
                        accuracy.count(),
                        PERCENT * accuracy.interval().low(),
                        PERCENT * accuracy.interval().high()));
    }
}
