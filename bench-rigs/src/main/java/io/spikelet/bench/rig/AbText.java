package io.spikelet.bench.rig;

import io.spikelet.bench.energy.Interval;
import io.spikelet.bench.energy.PairedComparison;
import io.spikelet.host.report.TextTable;
import java.nio.file.Path;
import java.util.Locale;

/** A comparison of two images for a terminal. */
final class AbText {
    private static final double RESOLVED = .01;
    private static final double POWER = .8;

    private AbText() {}

    static String of(AbFiles.Setting setting, AbResult result, Path folder) {
        StringBuilder text = new StringBuilder();
        RunText.line(text, "A", setting.a().words());
        RunText.line(text, "B", setting.b().words());
        text.append('\n');
        TextTable table = new TextTable("pair", "first", "A µJ", "B µJ", "B / A", "A µs", "B µs");
        for (int i = 0; i < result.a().size(); i++) {
            double a = result.a().get(i).microjoules();
            double b = result.b().get(i).microjoules();
            table.row(
                    Integer.toString(i + 1),
                    result.aFirst().get(i) ? "A" : "B",
                    format("%.5g", a),
                    format("%.5g", b),
                    format("%.4f", b / a),
                    format("%.4g", AbResult.micros(result.a().get(i))),
                    format("%.4g", AbResult.micros(result.b().get(i))));
        }
        table.appendTo(text);
        text.append('\n');
        result.energy().ifPresent(energy -> {
            RunText.line(text, "energy", verdict(energy, "takes", "less energy", "more energy"));
            RunText.line(
                    text,
                    "",
                    format(
                            "difference %.4g µJ an inference, %.4g to %.4g",
                            energy.difference().value(),
                            energy.difference().low(),
                            energy.difference().high()));
            RunText.line(
                    text,
                    "",
                    format(
                            "chance alone would do that with probability %.3g (t), %.3g (turned pairs), %.3g (signs)",
                            energy.student(), energy.permutation(), energy.sign()));
            RunText.line(
                    text,
                    "",
                    format(
                            "1 %% would be seen with %d pairs, by the scatter of these",
                            energy.pairsToResolve(RESOLVED, POWER)));
        });
        result.time().ifPresent(time -> RunText.line(text, "time", verdict(time, "takes", "less time", "more time")));
        RunText.line(text, "meter", result.why().replaceFirst("^meter: ", ""));
        RunText.line(text, "kept in", folder.toString());
        RunText.line(text, "report", folder.resolve("report.html").toString());
        return text.toString().stripTrailing();
    }

    /** In words whether B differs. */
    static String verdict(PairedComparison comparison, String does, String less, String more) {
        Interval ratio = comparison.ratio();
        String figures = format(
                "B / A = %.4f, %.4f to %.4f with probability %.2f, %d pairs",
                ratio.value(), ratio.low(), ratio.high(), ratio.level(), comparison.pairs());
        if (ratio.holds(1)) {
            return "no difference seen: " + figures;
        }
        return format("B %s %.2f %% %s: ", does, 100 * Math.abs(ratio.value() - 1), ratio.value() < 1 ? less : more)
                + figures;
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
