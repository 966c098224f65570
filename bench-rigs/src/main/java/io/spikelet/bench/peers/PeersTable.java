package io.spikelet.bench.peers;

import io.spikelet.bench.measure.Ratio;
import io.spikelet.bench.measure.Spread;
import io.spikelet.bench.measure.Timing;
import io.spikelet.bench.workload.LayerDensity;
import io.spikelet.host.report.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A result as tables for a terminal. */
final class PeersTable {
    private PeersTable() {}

    static String of(PeersResult result) {
        StringBuilder text = new StringBuilder();
        result.machines().forEach(machine -> text.append(machine.sentence()).append('\n'));
        text.append("One thread, batch 1, turns in rounds; µs an inference: median (quartiles). Ratios of medians"
                + " against the faster int8 form, with 95 % intervals; above 1 is faster.\n");
        for (PeersCell cell : result.cells()) {
            cell(text, cell);
        }
        if (!result.python().isEmpty() || !result.absent().isEmpty()) {
            python(text, result);
        }
        floors(text, result.floors());
        return text.toString();
    }

    private static void cell(StringBuilder text, PeersCell cell) {
        text.append('\n')
                .append(heading(cell))
                .append("\n  ")
                .append(cell.workload().shape())
                .append("; densities measured: ")
                .append(cell.densities().stream().map(PeersTable::density).collect(Collectors.joining(", ")))
                .append(format("; %,.0f synaptic operations%n", cell.synapticOperations()));
        TextTable table = new TextTable("contender", "median", "quartiles", "against int8", "B allocated", "weights");
        cell.ours().forEach(timing -> row(table, cell, "spikelet " + timing.name(), timing));
        cell.peers().forEach(timing -> row(table, cell, timing.name(), timing));
        table.appendTo(text);
    }

    static String heading(PeersCell cell) {
        return format(
                "%s, density %.2f, T = %d, %s",
                cell.workload(),
                cell.density(),
                cell.timeSteps(),
                cell.vectors().label());
    }

    private static String density(LayerDensity layer) {
        return format("%s %.3f", layer.layer(), layer.density());
    }

    private static void row(TextTable table, PeersCell cell, String name, Timing timing) {
        Spread spread = timing.spread();
        table.row(
                name,
                format("%.1f", spread.median()),
                format("%.1f to %.1f", spread.low(), spread.high()),
                ratio(cell.against(timing)),
                format("%.0f", timing.allocatedBytes()),
                format("%,d B", timing.weightBytes()));
    }

    static String ratio(Ratio ratio) {
        return format("%.2f (%.2f to %.2f)", ratio.value(), ratio.low(), ratio.high());
    }

    private static void python(StringBuilder text, PeersResult result) {
        text.append("\nPython peers, in a process of their own before ours, so not interleaved\n");
        TextTable table = new TextTable("peer", "workload", "T", "median", "quartiles");
        for (PythonPeers.Finding finding : result.python()) {
            Spread spread = finding.micros();
            table.row(
                    finding.peer(),
                    finding.workload(),
                    Integer.toString(finding.timeSteps()),
                    format("%.1f", spread.median()),
                    format("%.1f to %.1f", spread.low(), spread.high()));
        }
        if (!table.isEmpty()) {
            table.appendTo(text);
        }
        result.absent().forEach(reason -> text.append("absent: ").append(reason).append('\n'));
    }

    static void floors(StringBuilder text, List<Floor> floors) {
        if (floors.isEmpty()) {
            return;
        }
        text.append("\nFloors\n");
        TextTable table = new TextTable("promise", "measured", "floor", "aim", "holds");
        for (Floor floor : floors) {
            table.row(
                    floor.promise(),
                    ratio(floor.measured()),
                    (floor.atMost() ? "at most " : "at least ") + floor.floor(),
                    Double.isNaN(floor.aim()) ? "" : Double.toString(floor.aim()),
                    floor.holds() ? "yes" : "NO");
        }
        table.appendTo(text);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
