package io.spikelet.bench.metrics;

import io.spikelet.host.report.EnergyModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What all models make of an image's counts, for a report that sets them beside what was measured. */
public final class EnergyModels {
    /** The gradients' sparsity of SATA's own example; inference does not show it. */
    public static final double GRADIENT_SPARSITY = 0.7;

    private EnergyModels() {}

    /** By the counts of operations alone. */
    public static List<ModelledEnergy> cmos(ImageMetrics metrics) {
        List<ModelledEnergy> models = new ArrayList<>();
        for (EnergyModel model : EnergyModel.values()) {
            double microjoules = model.nanojoules(metrics.costs()) / 1000;
            models.add(ModelledEnergy.of(
                    model.word(),
                    List.of(new ModelledEnergy.Part("operations", microjoules)),
                    model.source(),
                    model.leavesOut()));
        }
        models.addAll(new CmosEnergy(metrics).models());
        return models;
    }

    /** One inference on SATA's accelerator. */
    public static ModelledEnergy sata(ImageMetrics metrics, SataMode mode) {
        SataEstimate estimate = SataEstimate.of(
                SataNetwork.of(metrics), metrics.stepsPerSample(), GRADIENT_SPARSITY, mode, SataLearning.THROUGH_TIME);
        List<ModelledEnergy.Part> parts = new ArrayList<>();
        for (SataTerm term : SataTerm.values()) {
            if (term.phase() == SataTerm.Phase.FORWARD) {
                parts.add(new ModelledEnergy.Part(
                        term.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        estimate.picojoules().get(term) * 1e-6));
            }
        }
        return ModelledEnergy.of(
                "sata-" + mode.word(),
                parts,
                "R. Yin et al., SATA, arXiv 2204.05422, and its published script: 16-bit unit energies scaled by bits"
                        + " / 16, weights from DRAM once a sample",
                "pools, joins, gates, control and leakage"
                        + (mode == SataMode.COMPAT ? "; the output layer, and the script's slips are kept" : ""));
    }

    /** Microjoules an inference by model name, in a report's order. */
    public static Map<String, Double> microjoules(ImageMetrics metrics) {
        Map<String, Double> byName = new LinkedHashMap<>();
        cmos(metrics).forEach(model -> byName.put(model.model(), model.microjoules()));
        ModelledEnergy sata = sata(metrics, SataMode.CORRECTED);
        byName.put(sata.model(), sata.microjoules());
        return byName;
    }
}
