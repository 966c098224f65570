package io.spikelet.bench.engine;

import io.spikelet.bench.measure.VectorModule;
import io.spikelet.bench.workload.KernelFamily;
import io.spikelet.bench.workload.Workload;
import io.spikelet.host.page.Chart;
import io.spikelet.host.page.MeasurementPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** A result as a page: each workload's time and throughput against density, and every figure in a table. */
final class EngineReport {
    private EngineReport() {}

    static void write(Path file, EngineResult result) throws IOException {
        page(result).write(file);
    }

    static MeasurementPage page(EngineResult result) {
        MeasurementPage page = new MeasurementPage(
                "Spikelet's engine",
                "One inference, batch 1, one thread, by JMH. "
                        + result.machine().sentence() + " | " + String.join(" | ", result.flags()));
        for (Workload workload :
                result.cells().stream().map(EngineCell::workload).distinct().toList()) {
            List<EngineCell> cells = result.cells().stream()
                    .filter(cell -> cell.workload() == workload)
                    .toList();
            page.charts(
                    workload + ": " + workload.shape(),
                    List.of(
                            chart(
                                    workload,
                                    cells,
                                    "time",
                                    "µs an inference",
                                    cell -> cell.micros().median()),
                            chart(
                                    workload,
                                    cells,
                                    "throughput",
                                    "thousand million synaptic operations a second",
                                    EngineCell::gigaOperations)));
        }
        return page.table("Every figure", "µs an inference", EngineTable.HEADINGS, EngineTable.rows(result));
    }

    private static Chart chart(
            Workload workload, List<EngineCell> cells, String id, String up, ToDoubleFunction<EngineCell> value) {
        List<String> ticks = cells.stream().map(EngineReport::tick).distinct().toList();
        List<Chart.Series> series = new ArrayList<>();
        for (VectorModule module : VectorModule.values()) {
            for (KernelFamily family : KernelFamily.values()) {
                List<Double> values = ticks.stream()
                        .map(tick -> cells.stream()
                                .filter(cell -> cell.vectors() == module
                                        && cell.family() == family
                                        && tick(cell).equals(tick))
                                .mapToDouble(value)
                                .findFirst()
                                .orElse(Double.NaN))
                        .toList();
                if (values.stream().anyMatch(Double::isFinite)) {
                    series.add(new Chart.Series(
                            family.label() + ", " + module.label(),
                            module == VectorModule.ON ? Chart.Role.BOARD : Chart.Role.PLAIN,
                            values));
                }
            }
        }
        String words = series.stream()
                .map(one -> one.name() + " "
                        + one.values().stream()
                                .map(number -> String.format(Locale.ROOT, "%.2f", number))
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
        return new Chart(
                workload.name().toLowerCase(Locale.ROOT) + "-" + id,
                Chart.Kind.LINES,
                id.equals("time") ? "Time against density" : "Throughput against density",
                up + ", median.",
                "Line chart of " + up + " at " + String.join(", ", ticks) + ": " + words + ".",
                "spikes a value at each weighted layer's input",
                up,
                Double.NaN,
                "%,.2f",
                ticks,
                ticks,
                series);
    }

    private static String tick(EngineCell cell) {
        return String.format(Locale.ROOT, "%.2f, T = %d", cell.density(), cell.timeSteps());
    }
}
