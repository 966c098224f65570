package io.spikelet.bench.engine;

import io.spikelet.bench.workload.LayerDensity;
import io.spikelet.host.report.TextTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A result as one table: for a terminal and, cell by cell, for a page. */
final class EngineTable {
    static final List<String> HEADINGS = List.of(
            "workload",
            "kernels",
            "jvm",
            "density",
            "measured",
            "T",
            "µs",
            "quartiles",
            "Gop/s",
            "operations",
            "B allocated",
            "weights B",
            "image B");

    private EngineTable() {}

    static String of(EngineResult result) {
        StringBuilder text = new StringBuilder(result.machine().sentence()).append('\n');
        result.flags().forEach(flags -> text.append(flags).append('\n'));
        text.append("One thread, batch 1; µs an inference: median and quartiles over JMH's iterations. Measured: the"
                + " densities at the inputs of weighted layers, least to most; an input of pixels is left out.\n\n");
        TextTable table = new TextTable(HEADINGS.toArray(String[]::new));
        rows(result).forEach(row -> table.row(row.toArray(String[]::new)));
        table.appendTo(text);
        text.append('\n');
        result.cells().stream()
                .map(EngineCell::workload)
                .distinct()
                .forEach(workload -> text.append(workload)
                        .append(": ")
                        .append(workload.shape())
                        .append('\n'));
        return text.toString();
    }

    static List<List<String>> rows(EngineResult result) {
        List<List<String>> rows = new ArrayList<>();
        for (EngineCell cell : result.cells()) {
            rows.add(Arrays.asList(
                    cell.workload().name(),
                    cell.family().label(),
                    cell.vectors().label(),
                    format("%.2f", cell.density()),
                    densities(cell.densities()),
                    Integer.toString(cell.timeSteps()),
                    format("%.1f", cell.micros().median()),
                    format("%.1f to %.1f", cell.micros().low(), cell.micros().high()),
                    format("%.2f", cell.gigaOperations()),
                    format("%,.0f", cell.synapticOperations()),
                    format("%.1f", cell.allocatedBytes()),
                    format("%,d", cell.weightBytes()),
                    format("%,d", cell.payloadBytes())));
        }
        return rows;
    }

    private static String densities(List<LayerDensity> layers) {
        double[] spiking = layers.stream()
                .mapToDouble(LayerDensity::density)
                .filter(density -> density < PIXELS)
                .sorted()
                .toArray();
        return Arrays.stream(new double[] {spiking[0], spiking[spiking.length - 1]})
                .mapToObj(density -> format("%.3f", density))
                .distinct()
                .collect(Collectors.joining(" to "));
    }

    /** No spiking layer here comes near; random pixels are hardly ever 0. */
    private static final double PIXELS = 0.99;

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
