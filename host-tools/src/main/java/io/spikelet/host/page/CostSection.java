package io.spikelet.host.page;

import io.spikelet.host.report.ByteText;
import io.spikelet.host.report.CostText;
import io.spikelet.host.report.EnergyModel;
import io.spikelet.host.report.LayerActivity;
import io.spikelet.host.report.NetworkCosts;
import io.spikelet.host.report.SynapticOperations;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Operations, memory and energy. */
final class CostSection {
    private CostSection() {}

    static List<MeasurementPage.Tile> tiles(NetworkCosts costs, EnergyModel model, int timeSteps) {
        double sample = model.nanojoules(costs);
        return List.of(
                new MeasurementPage.Tile(
                        "operations a sample",
                        text("%,.0f", costs.operations().effective()),
                        text(
                                "%,.0f a step; %,.0f if nothing were sparse",
                                costs.operations().effective() / timeSteps,
                                costs.operations().dense())),
                new MeasurementPage.Tile(
                        "energy a sample, estimated",
                        CostText.energy(sample),
                        "model " + model.word() + ", not measured; leaves out " + model.leavesOut()),
                new MeasurementPage.Tile(
                        "footprint",
                        ByteText.of(costs.footprint()),
                        ByteText.of(costs.parameterBytes()) + " of parameters, " + ByteText.of(costs.stateBytes())
                                + " of state"));
    }

    static void add(MeasurementPage page, List<LayerActivity> layers, NetworkCosts costs, int timeSteps) {
        List<List<String>> rows = new ArrayList<>();
        for (LayerActivity layer : layers) {
            layer.operations().ifPresent(operations -> rows.add(row(layer.layer(), operations, timeSteps)));
        }
        rows.add(row("all", costs.operations(), timeSteps));
        page.table(
                "Operations by NeuroBench's definitions",
                text(
                        "Means a sample of %d steps. %,d membrane updates a sample. Activation sparsity %.4f,"
                                + " connection sparsity %.4f.",
                        timeSteps, costs.membraneUpdates(), costs.activationSparsity(), costs.connectionSparsity()),
                List.of("layer", "dense", "effective ACs", "effective MACs", "ACs and MACs a step", "engine's events"),
                rows);
        List<List<String>> energies = new ArrayList<>();
        for (EnergyModel model : EnergyModel.values()) {
            double sample = model.nanojoules(costs);
            energies.add(List.of(
                    model.word(),
                    CostText.energy(sample),
                    CostText.energy(sample / timeSteps),
                    model.source(),
                    model.leavesOut()));
        }
        page.table(
                "Energy, estimated",
                "From operations by published figures; nothing here was measured.",
                List.of("model", "a sample", "a step", "source", "leaves out"),
                energies);
    }

    private static List<String> row(String name, SynapticOperations operations, int timeSteps) {
        return List.of(
                name,
                text("%,.0f", operations.dense()),
                text("%,.0f", operations.accumulates()),
                text("%,.0f", operations.multiplies()),
                text("%,.0f", operations.effective() / timeSteps),
                text("%,.0f", operations.events()));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
