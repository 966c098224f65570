package io.spikelet.bench.demo;

import java.nio.file.Path;
import java.util.Locale;

/** The final table for a terminal. */
final class JourneyTable {
    private JourneyTable() {}

    static String of(JourneyResult result, Path report) {
        StringBuilder text = new StringBuilder("\n");
        row(text, "accuracy (%)", "float", "host integer", "board");
        row(
                text,
                "  before the shift",
                percent(result.floating().share()),
                percent(result.before().host().share()),
                percent(result.before().board().share()));
        row(
                text,
                "  after the shift",
                percent(result.floatShifted().share()),
                percent(result.shifted().host().share()),
                percent(result.shifted().board().share()));
        row(
                text,
                "  after learning",
                "",
                percent(result.learned().after().host().share()),
                percent(result.learned().after().board().share()));
        row(
                text,
                "  control, shuffled labels",
                "",
                percent(result.control().after().host().share()),
                percent(result.control().after().board().share()));
        row(
                text,
                "  learned, unshifted scans",
                "",
                percent(result.originalAfterLearning().host().share()),
                percent(result.originalAfterLearning().board().share()));
        text.append('\n');
        line(
                text,
                "won back by learning",
                "%.0f %% of what the shift cost (control %.0f %%)",
                100 * result.wonBack(result.learned()),
                100 * result.wonBack(result.control()));
        line(
                text,
                "host and board",
                "%d of %d samples differ in any output spike",
                result.disagreeing(),
                result.compared());
        line(text, "image", "%,d bytes, signed", result.imageBytes());
        line(text, "inference", "%.0f µs on the board, median", result.before().medianMicroseconds());
        line(text, "spikes", "%.0f an inference", result.before().spikesPerInference());
        line(text, "synaptic operations", "%,.0f an inference", result.before().operationsPerInference());
        line(text, "upload after SIGKILL", "went on at byte %,d", result.plug().resumedAt());
        line(text, "telemetry", "%d births, %d data messages", result.births(), result.data());
        line(text, "time", "%.0f s", result.seconds());
        line(text, "report", "%s", report.toAbsolutePath());
        return text.toString().stripTrailing();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    private static void row(StringBuilder text, String what, String floating, String host, String board) {
        text.append(String.format(Locale.ROOT, "%-28s %8s %14s %8s%n", what, floating, host, board));
    }

    private static void line(StringBuilder text, String what, String format, Object... values) {
        text.append(String.format(Locale.ROOT, "%-22s ", what))
                .append(String.format(Locale.ROOT, format, values))
                .append('\n');
    }
}
