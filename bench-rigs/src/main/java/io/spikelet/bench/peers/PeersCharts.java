package io.spikelet.bench.peers;

import io.spikelet.bench.measure.Timing;
import io.spikelet.bench.measure.VectorModule;
import io.spikelet.bench.workload.Workload;
import io.spikelet.host.page.Chart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The charts of one workload. Of ours, the fastest family of each kind of JVM is drawn. */
final class PeersCharts {
    private final Workload workload;
    private final List<PeersCell> cells;

    private PeersCharts(Workload workload, List<PeersCell> cells) {
        this.workload = workload;
        this.cells = cells.stream().filter(cell -> cell.workload() == workload).toList();
    }

    static List<Chart> of(Workload workload, List<PeersCell> cells) {
        PeersCharts charts = new PeersCharts(workload, cells);
        return List.of(charts.againstDensity(), charts.againstSteps(), charts.againstOperations());
    }

    private Chart againstDensity() {
        return chart(
                "density",
                "Time against density",
                "spikes a value at each weighted layer's input",
                "One time step. A dense pass costs the same at every density.",
                cell -> cell.timeSteps() == 1,
                PeersCell::density,
                value -> String.format(Locale.ROOT, "%.2f", value));
    }

    private Chart againstSteps() {
        return chart(
                "steps",
                "Time against time steps",
                "time steps T",
                "At density .15. The peer makes one pass whatever T is.",
                cell -> Math.abs(cell.density() - PeersReport.USUAL_DENSITY) < 1e-9,
                cell -> (double) cell.timeSteps(),
                value -> String.format(Locale.ROOT, "%.0f", value));
    }

    private Chart againstOperations() {
        return chart(
                "operations",
                "Time against operations",
                "synaptic operations an inference",
                "Every density and every T that was measured, by the operations that the events really caused.",
                cell -> true,
                PeersCell::synapticOperations,
                value -> String.format(Locale.ROOT, "%,.2f M", value / 1e6));
    }

    private Chart chart(
            String id,
            String title,
            String across,
            String caption,
            Predicate<PeersCell> wanted,
            Function<PeersCell, Double> place,
            Function<Double, String> tick) {
        Map<Double, List<PeersCell>> columns =
                cells.stream().filter(wanted).collect(Collectors.groupingBy(place, TreeMap::new, Collectors.toList()));
        List<Chart.Series> series = new ArrayList<>();
        for (VectorModule module : VectorModule.values()) {
            add(
                    series,
                    "spikelet, " + module.label(),
                    module == VectorModule.ON ? Chart.Role.BOARD : Chart.Role.PLAIN,
                    columns,
                    cell -> cell.vectors() == module ? cell.best() : null);
        }
        add(series, "ONNX Runtime int8", Chart.Role.PEER, columns, PeersCell::int8Peer);
        add(
                series,
                "ONNX Runtime fp32",
                Chart.Role.FLOAT,
                columns,
                cell -> cell.peers().getLast());
        List<String> ticks = columns.keySet().stream().map(tick).toList();
        String words = series.stream()
                .map(one -> one.name() + " "
                        + one.values().stream()
                                .map(value -> String.format(Locale.ROOT, "%.0f", value))
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
        return new Chart(
                workload.name().toLowerCase(Locale.ROOT) + "-" + id,
                Chart.Kind.LINES,
                title,
                "µs an inference, median. " + caption,
                "Line chart of µs an inference over " + across + " at " + String.join(", ", ticks) + ": " + words + ".",
                across,
                "µs an inference",
                Double.NaN,
                "%,.1f",
                ticks,
                ticks,
                series);
    }

    private static void add(
            List<Chart.Series> series,
            String name,
            Chart.Role role,
            Map<Double, List<PeersCell>> columns,
            Function<PeersCell, Timing> choice) {
        List<Double> values = new ArrayList<>();
        for (List<PeersCell> column : columns.values()) {
            values.add(column.stream()
                    .map(choice)
                    .filter(java.util.Objects::nonNull)
                    .mapToDouble(timing -> timing.spread().median())
                    .findFirst()
                    .orElse(Double.NaN));
        }
        if (values.stream().anyMatch(Double::isFinite)) {
            series.add(new Chart.Series(name, role, values));
        }
    }
}
