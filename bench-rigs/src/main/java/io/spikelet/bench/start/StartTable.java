package io.spikelet.bench.start;

import io.spikelet.bench.measure.Machine;
import io.spikelet.bench.measure.Spread;
import io.spikelet.host.report.TextTable;
import java.util.List;
import java.util.Locale;

/** Starts as a table for a terminal. */
final class StartTable {
    private StartTable() {}

    static String of(Machine machine, int repeats, List<StartRow> rows) {
        StringBuilder text = new StringBuilder(machine.sentence())
                .append("\nFrom the start of the process to its first result; median (quartiles) of ")
                .append(repeats)
                .append(" starts each, taking turns. Memory: resident at most until then.\n\n");
        TextTable table = new TextTable("start", "workload", "ms", "quartiles", "MiB", "quartiles");
        for (StartRow row : rows) {
            table.row(
                    row.starter().name(),
                    row.workload().name(),
                    number(row.millis().median()),
                    quartiles(row.millis()),
                    number(row.peakMebibytes().median()),
                    quartiles(row.peakMebibytes()));
        }
        table.appendTo(text);
        text.append("\nFlags\n");
        rows.stream()
                .map(StartRow::starter)
                .forEach(starter -> text.append(starter.name())
                        .append(": ")
                        .append(String.join(" ", starter.flags()))
                        .append('\n'));
        for (StartLimit limit : StartLimit.judge(rows)) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n%s, best: %.0f ms of at most %.0f, %.1f MiB of at most %.0f: %s",
                    limit.row().workload(),
                    limit.row().millis().median(),
                    limit.millis(),
                    limit.row().peakMebibytes().median(),
                    limit.mebibytes(),
                    limit.holds() ? "holds" : "DOES NOT HOLD"));
        }
        return text.toString();
    }

    private static String quartiles(Spread spread) {
        return number(spread.low()) + " to " + number(spread.high());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
