package io.spikelet.host.report;

import java.util.List;
import java.util.Locale;

/** Bytes, operations and energy for a person. */
public final class CostText {
    private CostText() {}

    static void append(StringBuilder text, QuantisationReport report) {
        append(text, report.layers().stream().map(LayerReport::activity).toList(), report.costs(), report.timeSteps());
        payload(text, report.payload());
        energy(text, report.costs(), report.timeSteps());
    }

    /** Operations layer by layer, and their sum. */
    public static void append(StringBuilder text, List<LayerActivity> layers, NetworkCosts costs, int timeSteps) {
        TextTable table = new TextTable(
                "layer", "dense", "effective ACs", "effective MACs", "ACs and MACs a step", "engine's events");
        for (LayerActivity layer : layers) {
            layer.operations().ifPresent(operations -> row(table, layer.layer(), operations, timeSteps));
        }
        row(table, "all", costs.operations(), timeSteps);
        text.append("\nOperations a sample, by NeuroBench's definitions\n");
        table.appendTo(text);
        line(
                text,
                "Membrane updates     %,d a sample, %,d a step",
                costs.membraneUpdates(),
                costs.membraneUpdates() / timeSteps);
        line(
                text,
                "Sparsity             %.2f %% of spikes that could be are not; %.2f %% of weights are 0",
                100 * costs.activationSparsity(),
                100 * costs.connectionSparsity());
        line(
                text,
                "Footprint            %,d bytes: %,d of parameters, %,d of state",
                costs.footprint(),
                costs.parameterBytes(),
                costs.stateBytes());
    }

    private static void row(TextTable table, String name, SynapticOperations operations, int timeSteps) {
        table.row(
                name,
                cell(operations.dense()),
                cell(operations.accumulates()),
                cell(operations.multiplies()),
                cell(operations.effective() / timeSteps),
                cell(operations.events()));
    }

    private static String cell(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    /** Bytes by kind, and their sum. */
    public static void payload(StringBuilder text, PayloadBytes payload) {
        TextTable table = new TextTable("payload", "bytes", "share (%)");
        for (PayloadBytes.Part part : payload.parts()) {
            table.row(
                    part.kind(),
                    String.format(Locale.ROOT, "%,d", part.bytes()),
                    String.format(Locale.ROOT, "%.1f", 100.0 * part.bytes() / payload.total()));
        }
        table.row("all", String.format(Locale.ROOT, "%,d", payload.total()), "100.0");
        text.append("\nBytes by kind\n");
        table.appendTo(text);
    }

    /** What each model makes of the operations. */
    public static void energy(StringBuilder text, NetworkCosts costs, int timeSteps) {
        TextTable table = new TextTable("model", "a sample", "a step");
        for (EnergyModel model : EnergyModel.values()) {
            double sample = model.nanojoules(costs);
            table.row(model.word(), energy(sample), energy(sample / timeSteps));
        }
        text.append("\nEnergy, estimated from operations, not measured\n");
        table.appendTo(text);
        for (EnergyModel model : EnergyModel.values()) {
            line(text, "  %s: %s; leaves out %s", model.word(), model.source(), model.leavesOut());
        }
    }

    /** Nanojoules with a unit that keeps them readable. */
    public static String energy(double nanojoules) {
        return nanojoules < 1000
                ? String.format(Locale.ROOT, "%.3g nJ", nanojoules)
                : String.format(Locale.ROOT, "%.3f µJ", nanojoules / 1000);
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
