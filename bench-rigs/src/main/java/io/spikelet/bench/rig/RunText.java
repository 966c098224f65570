package io.spikelet.bench.rig;

import io.spikelet.bench.energy.Interval;
import io.spikelet.bench.measure.Spread;
import io.spikelet.bench.metrics.ModelledEnergy;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** A run for a terminal. */
final class RunText {
    private RunText() {}

    static String of(RunResult result, Path folder) {
        StringBuilder text = new StringBuilder();
        Manifest manifest = result.manifest();
        line(text, "device", manifest.identity().name() + " at " + manifest.dut());
        manifest.image().ifPresent(image -> line(text, "image", image.words()));
        result.accuracy().ifPresent(accuracy -> accuracy(text, accuracy));
        result.performance().ifPresent(performance -> performance(text, performance));
        result.energy().ifPresent(energy -> energy(text, energy));
        result.models().ifPresent(models -> models(text, models, result));
        result.incomplete()
                .ifPresent(broken -> line(
                        text, "INCOMPLETE", "broke off in " + broken.phase().word()));
        line(text, "windows", manifest.rules().sentence());
        line(text, "kept in", folder.toString());
        line(text, "report", folder.resolve("report.html").toString());
        return text.toString().stripTrailing();
    }

    private static void accuracy(StringBuilder text, AccuracyResult accuracy) {
        line(text, "accuracy", accuracy.top1() + " on " + accuracy.data());
        line(
                text,
                "",
                String.format(
                        Locale.ROOT,
                        "as the MLPerf Tiny runner computes it %.2f %%, area under curve %.4f",
                        100 * accuracy.runner().accuracy(),
                        accuracy.runner().areaUnderCurve()));
        if (accuracy.timed()) {
            Spread spread = Spread.of(accuracy.micros());
            line(
                    text,
                    "one inference",
                    String.format(
                            Locale.ROOT,
                            "%.0f µs, quartiles %.0f to %.0f, the board's own time by its clock; what the"
                                    + " serial line takes is not in it",
                            spread.median(),
                            spread.low(),
                            spread.high()));
        }
    }

    private static void performance(StringBuilder text, PerformanceResult performance) {
        String windows = String.format(
                Locale.ROOT,
                "%d windows of %d inferences, %.1f %% apart",
                performance.windows().size(),
                performance.windows().getLast().inferences(),
                100 * performance.scatter());
        line(
                text,
                "performance",
                performance.refusal().isPresent()
                        ? "refused: " + windows
                        : String.format(
                                Locale.ROOT,
                                "%.1f inferences/s by the board's own clock, median of %s",
                                performance.perSecond(),
                                windows));
    }

    private static void energy(StringBuilder text, EnergyOutcome energy) {
        line(
                text,
                "energy",
                energy.microjoules()
                        .map(interval -> micros(interval) + " an inference, " + bounds(interval)
                                + (energy.idleSubtracted() ? ", idle power subtracted" : ""))
                        .orElse("refused"));
        energy.result().instruments().ifPresent(instruments -> {
            line(text, "whole width", widths(energy));
            line(text, "", "alone: " + parts(energy));
        });
        line(text, "", energy.cut());
        if (!Double.isNaN(energy.idleWatts())) {
            line(text, "idle power", String.format(Locale.ROOT, "%.4g W", energy.idleWatts()));
        }
        line(text, "meter", energy.why().replaceFirst("^meter: ", ""));
    }

    private static void models(StringBuilder text, BesideModels models, RunResult result) {
        String name = "models say";
        for (ModelledEnergy model : models.models()) {
            OptionalDouble ratio = BesideModels.ratio(model, result.energy());
            line(
                    text,
                    name,
                    String.format(Locale.ROOT, "%.4g µJ by %s", model.microjoules(), model.model())
                            + (ratio.isPresent()
                                    ? String.format(
                                            Locale.ROOT, ", of which %.4g times was measured", ratio.getAsDouble())
                                    : ""));
            name = "";
        }
    }

    /** The value of an interval in µJ. */
    static String micros(Interval interval) {
        return String.format(Locale.ROOT, "%.5g µJ", interval.value());
    }

    /** The ends of an interval. */
    static String bounds(Interval interval) {
        return String.format(
                Locale.ROOT,
                "%.5g to %.5g µJ with probability %.2f (±%.2f %%)",
                interval.low(),
                interval.high(),
                interval.level(),
                50 * interval.relativeWidth());
    }

    /** How wide the interval is, and how wide it would be if the board did the same in each window. */
    static String widths(EnergyOutcome energy) {
        Interval whole = energy.microjoules().orElseThrow();
        Interval instruments = energy.result().instruments().orElseThrow();
        return String.format(
                Locale.ROOT,
                "%.2f %% of the value; %.2f %% by the instruments, the rest by the board's scatter from window to"
                        + " window",
                100 * whole.relativeWidth(),
                100 * instruments.relativeWidth());
    }

    /** The width by each group of parts alone. */
    private static String parts(EnergyOutcome energy) {
        return energy.result().parts().stream()
                .map(part ->
                        String.format(Locale.ROOT, "%s %.2f %%", part.group().words(), 100 * part.relative()))
                .collect(Collectors.joining(", "));
    }

    static void line(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "%-16s %s%n", name, value));
    }
}
