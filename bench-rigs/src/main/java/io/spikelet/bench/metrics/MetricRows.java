package io.spikelet.bench.metrics;

import io.spikelet.host.report.SynapticOperations;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The rows of a report, each a list of cells; text and page show the same ones. */
final class MetricRows {
    static final List<String> METRICS = List.of("metric", "value", "a sample", "a step", "denominator");
    static final List<String> LAYERS = List.of(
            "layer",
            "counted as",
            "Dense a sample",
            "Eff_ACs a sample",
            "Eff_MACs a sample",
            "Dense a step",
            "Eff_ACs a step",
            "Eff_MACs a step",
            "runs a sample",
            "input zeros (%)");
    static final List<String> ENERGIES = List.of("model", "µJ an inference", "parts (µJ)");
    static final List<String> TRAINING = List.of(
            "learning", "forward", "backward", "weight update", "total", "weights from and to DRAM", "total (µJ)");
    static final List<String> DEVICES = List.of(
            "layer", "device", "steps a sample", "events in", "operations a sample", "µJ an inference, modelled");

    private static final String NONE = "–";

    private MetricRows() {}

    static List<List<String>> metrics(ImageMetrics metrics) {
        SynapticOperations counted = metrics.neuroBench();
        SynapticOperations run = metrics.run();
        String both = text("%,d samples; %,d steps", metrics.samples(), metrics.steps());
        List<List<String>> rows = new ArrayList<>();
        rows.add(footprint(metrics.costs().parameterBytes(), metrics.costs().stateBytes()));
        rows.add(List.of(
                "Connection sparsity",
                share(metrics.costs().connectionSparsity()),
                NONE,
                NONE,
                "zero weights / weights"));
        rows.add(activation(metrics.silentActivations(), metrics.activations()));
        rows.add(count("Dense", counted.dense(), metrics.samples(), metrics.steps(), both));
        rows.add(count("Eff_ACs", counted.accumulates(), metrics.samples(), metrics.steps(), both));
        rows.add(count("Eff_MACs", counted.multiplies(), metrics.samples(), metrics.steps(), both));
        rows.add(count("ACs that run", run.accumulates(), metrics.samples(), metrics.steps(), both));
        rows.add(count("MACs that run", run.multiplies(), metrics.samples(), metrics.steps(), both));
        rows.add(count(
                "Membrane updates, changed", metrics.membranesChanged(), metrics.samples(), metrics.steps(), both));
        rows.add(count(
                "Membrane updates, computed", metrics.membraneUpdates(), metrics.samples(), metrics.steps(), both));
        return rows;
    }

    private static List<String> count(String name, double sum, long samples, long steps, String denominator) {
        return List.of(name, text("%,.0f", sum), figure(sum / samples), figure(sum / steps), denominator);
    }

    static List<List<String>> floating(FloatMetrics metrics) {
        String both = text("%,d samples; %,d steps", metrics.samples(), metrics.steps());
        List<List<String>> rows = new ArrayList<>();
        rows.add(footprint(metrics.parameterBytes(), metrics.stateBytes()));
        rows.add(List.of(
                "Connection sparsity",
                share((double) metrics.zeroWeights() / metrics.weights()),
                NONE,
                NONE,
                "zero weights / weights"));
        rows.add(activation(metrics.silentActivations(), metrics.activations()));
        rows.add(count("Dense", metrics.operations().dense(), metrics.samples(), metrics.steps(), both));
        rows.add(count("Eff_ACs", metrics.operations().accumulates(), metrics.samples(), metrics.steps(), both));
        rows.add(count("Eff_MACs", metrics.operations().multiplies(), metrics.samples(), metrics.steps(), both));
        return rows;
    }

    private static List<String> footprint(long parameters, long buffers) {
        return List.of(
                "Footprint (bytes)",
                text("%,d", parameters + buffers),
                NONE,
                NONE,
                text("%,d of parameters + %,d of buffers", parameters, buffers));
    }

    private static List<String> activation(long silent, long all) {
        return List.of(
                "Activation sparsity",
                share((double) silent / all),
                NONE,
                NONE,
                text("%,d zeros / %,d values: layers that fire x steps x samples", silent, all));
    }

    static List<List<String>> layers(ImageMetrics metrics) {
        List<List<String>> rows = new ArrayList<>();
        for (LayerMetrics layer : metrics.layers()) {
            List<String> row =
                    new ArrayList<>(List.of(layer.name(), layer.counting().kind()));
            if (layer.hasOperations()) {
                operations(row, layer.neuroBenchPerSample());
                operations(row, layer.neuroBenchPerStep());
                row.add(figure(layer.runPerSample().effective()));
            } else {
                row.addAll(List.of(NONE, NONE, NONE, NONE, NONE, NONE, NONE));
            }
            double zeros = layer.work().inputSparsity();
            row.add(Double.isNaN(zeros) ? NONE : text("%.2f", 100 * zeros));
            rows.add(row);
        }
        return rows;
    }

    private static void operations(List<String> row, SynapticOperations operations) {
        row.add(figure(operations.dense()));
        row.add(figure(operations.accumulates()));
        row.add(figure(operations.multiplies()));
    }

    /** How each layer is counted, a sentence each. */
    static List<String> rules(ImageMetrics metrics) {
        return metrics.layers().stream()
                .map(layer -> layer.name() + " (" + layer.counting().kind() + "): "
                        + (layer.counting().isCounted() ? "" : "not counted; ")
                        + layer.counting().rule())
                .toList();
    }

    static List<List<String>> energies(List<ModelledEnergy> energies) {
        return energies.stream()
                .map(energy -> List.of(
                        energy.model(),
                        energy(energy.microjoules()),
                        String.join(
                                ", ",
                                energy.parts().stream()
                                        .map(part -> part.name() + " " + energy(part.microjoules()))
                                        .toList())))
                .toList();
    }

    static List<String> sources(List<ModelledEnergy> energies) {
        return energies.stream()
                .map(energy -> energy.model() + ": " + energy.source() + "; leaves out " + energy.leavesOut())
                .toList();
    }

    /** In MAC units, the last in µJ. */
    static List<List<String>> training(List<SataEstimate> estimates) {
        return estimates.stream()
                .map(estimate -> List.of(
                        estimate.learning().word(),
                        units(estimate.of(SataTerm.Phase.FORWARD)),
                        units(estimate.of(SataTerm.Phase.BACKWARD)),
                        units(estimate.of(SataTerm.Phase.UPDATE)),
                        units(estimate.total()),
                        units(estimate.weightDram()),
                        energy(estimate.total() * 1e-6)))
                .toList();
    }

    static List<List<String>> devices(List<DeviceWork> devices) {
        return devices.stream()
                .map(work -> work.isPlaced()
                        ? List.of(
                                work.layer(),
                                work.device(),
                                figure((double) work.counts().steps() / work.samples()),
                                figure((double) work.counts().inputEvents() / work.samples()),
                                figure((double) work.counts().operations() / work.samples()),
                                Double.isNaN(work.microjoules()) ? "no model" : energy(work.microjoules()))
                        : List.of(work.layer(), "processor: " + work.device(), NONE, NONE, NONE, NONE))
                .toList();
    }

    private static String units(double picojoules) {
        return text("%,d", SataEstimate.macUnits(picojoules));
    }

    private static String share(double value) {
        return Double.isNaN(value) ? NONE : text("%.4f", value);
    }

    /** Whole numbers whole, others with two digits. */
    private static String figure(double value) {
        return value == Math.rint(value) ? text("%,.0f", value) : text("%,.2f", value);
    }

    private static String energy(double microjoules) {
        return text("%.4g", microjoules);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
