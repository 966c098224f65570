package io.spikelet.host.report;

import java.util.Locale;
import java.util.stream.Collectors;

/** Advice and plan for a person. */
final class ChoiceText {
    private ChoiceText() {}

    static void append(StringBuilder text, Advice advice) {
        line(text, "");
        line(text, "Advice, each layer alone, from %s", advice.base());
        advice.trials().forEach(trial -> line(text, "  %s", trial.sentence()));
        advice.untried().forEach(sentence -> line(text, "  %s", sentence));
    }

    static void append(StringBuilder text, MixedPlan plan) {
        TextTable table = new TextTable("then", "bytes", "predicted loss", "measured loss (points, 95 %)", "");
        for (int i = 0; i < plan.points().size(); i++) {
            MixedPlan.Point point = plan.points().get(i);
            table.row(
                    point.step().isEmpty() ? "as it is" : point.step(),
                    String.format(Locale.ROOT, "%,d", point.bytes()),
                    predicted(plan, point),
                    String.format(
                            Locale.ROOT,
                            "%.1f (%.1f to %.1f)",
                            point.measured().points(),
                            point.measured().interval().low(),
                            point.measured().interval().high()),
                    i == plan.chosen() ? "<" : "");
        }
        line(
                text,
                "\nPlan for %,d bytes of payload, by %s",
                plan.budget(),
                plan.basis() == MixedPlan.Basis.MEASURED ? "measured losses" : "the error of weights");
        table.appendTo(text);
        line(text, "Chosen: %s", choice(plan));
    }

    static String choice(MixedPlan plan) {
        String kinds = plan.choice().kinds().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return kinds.isEmpty() ? "every layer as it is" : kinds;
    }

    private static String predicted(MixedPlan plan, MixedPlan.Point point) {
        return plan.basis() == MixedPlan.Basis.MEASURED
                ? String.format(Locale.ROOT, "%.1f points", point.predictedPoints())
                : String.format(Locale.ROOT, "weights by %.3f", point.weightError());
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
