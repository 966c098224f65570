package io.spikelet.bench.peers;

import io.spikelet.bench.measure.Machine;
import io.spikelet.bench.measure.Spread;
import io.spikelet.bench.measure.Timing;
import io.spikelet.bench.workload.Workload;
import io.spikelet.host.page.MeasurementPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** A result as a page: time against density, time against T, time against operations, and every figure in a table. */
final class PeersReport {
    /** Where floors are stated and further time steps are measured. */
    static final double USUAL_DENSITY = 0.15;

    private PeersReport() {}

    static void write(Path file, PeersResult result) throws IOException {
        page(result).write(file);
    }

    static MeasurementPage page(PeersResult result) {
        String lead = "One inference, batch 1, one thread. The spiking networks and the conventional ones have the same"
                + " shapes and weights; contenders took turns in one process. "
                + result.machines().stream().map(Machine::sentence).collect(Collectors.joining(" | "));
        MeasurementPage page = new MeasurementPage("Spikelet beside its peers", lead);
        floors(page, result);
        Set<Workload> workloads = new LinkedHashSet<>();
        result.cells().forEach(cell -> workloads.add(cell.workload()));
        for (Workload workload : workloads) {
            page.charts(workload + ": " + workload.shape(), PeersCharts.of(workload, result.cells()));
        }
        return page.table(
                "Every figure",
                "µs an inference",
                List.of("cell", "contender", "median", "quartiles", "times as fast as int8", "bytes allocated"),
                rows(result));
    }

    private static void floors(MeasurementPage page, PeersResult result) {
        if (result.floors().isEmpty()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (Floor floor : result.floors()) {
            rows.add(List.of(
                    floor.promise(),
                    PeersTable.ratio(floor.measured()),
                    (floor.atMost() ? "at most " : "at least ") + floor.floor(),
                    Double.isNaN(floor.aim()) ? "" : Double.toString(floor.aim()),
                    floor.holds() ? "holds" : "does not hold"));
        }
        page.table(
                "Floors",
                "Ratios of medians with 95 % intervals",
                List.of("promise", "measured", "floor", "aim", ""),
                rows);
    }

    private static List<List<String>> rows(PeersResult result) {
        List<List<String>> rows = new ArrayList<>();
        for (PeersCell cell : result.cells()) {
            for (Timing timing : cell.ours()) {
                rows.add(row(cell, "spikelet " + timing.name(), timing));
            }
            for (Timing timing : cell.peers()) {
                rows.add(row(cell, timing.name(), timing));
            }
        }
        for (PythonPeers.Finding finding : result.python()) {
            rows.add(List.of(
                    finding.workload() + ", T = " + finding.timeSteps(),
                    finding.peer(),
                    number(finding.micros().median()),
                    number(finding.micros().low()) + " to "
                            + number(finding.micros().high()),
                    "not interleaved",
                    ""));
        }
        return rows;
    }

    private static List<String> row(PeersCell cell, String name, Timing timing) {
        Spread spread = timing.spread();
        return List.of(
                PeersTable.heading(cell),
                name,
                number(spread.median()),
                number(spread.low()) + " to " + number(spread.high()),
                PeersTable.ratio(cell.against(timing)),
                number(timing.allocatedBytes()));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.1f", value);
    }
}
