package io.spikelet.bench.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that {@code spikelet bench energy} says.
 *
 * @param modes that were asked for
 * @param metrics the counts
 * @param floating the counts of the graph that the image was made from, where that is given
 * @param energies of one inference, by model
 * @param training by SATA's estimator, through time and online; empty unless asked for
 * @param devices what co-processors counted; empty unless asked for
 */
record EnergyReport(
        Set<EnergyMode> modes,
        ImageMetrics metrics,
        Optional<FloatMetrics> floating,
        List<ModelledEnergy> energies,
        List<SataEstimate> training,
        List<DeviceWork> devices) {
    static EnergyReport of(
            Set<EnergyMode> modes,
            ImageMetrics metrics,
            Optional<FloatMetrics> floating,
            SataMode sata,
            double gradientSparsity,
            List<DeviceWork> devices) {
        List<ModelledEnergy> energies = new ArrayList<>();
        List<SataEstimate> training = new ArrayList<>();
        if (modes.contains(EnergyMode.CMOS)) {
            energies.addAll(EnergyModels.cmos(metrics));
        }
        if (modes.contains(EnergyMode.SATA)) {
            for (SataMode mode : SataMode.values()) {
                energies.add(
                        EnergyModels.sata(metrics, mode)); // beside each other, so that the script's slips are seen
            }
            List<SataLayer> layers = SataNetwork.of(metrics);
            for (SataLearning learning : SataLearning.values()) {
                training.add(SataEstimate.of(layers, metrics.stepsPerSample(), gradientSparsity, sata, learning));
            }
        }
        return new EnergyReport(modes, metrics, floating, energies, training, devices);
    }

    boolean has(EnergyMode mode) {
        return modes.contains(mode);
    }
}
