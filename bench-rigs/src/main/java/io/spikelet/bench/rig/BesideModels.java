package io.spikelet.bench.rig;

import io.spikelet.bench.energy.Interval;
import io.spikelet.bench.metrics.EnergyModels;
import io.spikelet.bench.metrics.ImageMetrics;
import io.spikelet.bench.metrics.ModelledEnergy;
import io.spikelet.bench.metrics.SataMode;
import io.spikelet.host.Progress;
import io.spikelet.host.data.SampleSet;
import io.spikelet.model.MalformedDataException;
import io.spikelet.model.SpikingNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What published models make of the image, beside what was measured: each in its own column, never added up.
 *
 * @param samples that the models counted on
 * @param models by their names
 */
record BesideModels(int samples, List<ModelledEnergy> models) {
    /** Counting is slow, and the counts of some tens of samples tell the mean well. */
    private static final int MOST_SAMPLES = 30;

    BesideModels {
        models = List.copyOf(models);
    }

    static BesideModels of(SpikingNetwork network, SampleSet data, Progress progress) throws MalformedDataException {
        SampleSet some = data.count() > MOST_SAMPLES ? data.first(MOST_SAMPLES) : data;
        ImageMetrics metrics = ImageMetrics.measure(network.name(), network, some, progress);
        List<ModelledEnergy> models = new ArrayList<>(EnergyModels.cmos(metrics));
        models.add(EnergyModels.sata(metrics, SataMode.CORRECTED));
        return new BesideModels(some.count(), models);
    }

    /** How many times what the model says was measured; empty where nothing was, or its power was simulated. */
    static OptionalDouble ratio(ModelledEnergy model, Optional<EnergyOutcome> energy) {
        Optional<Interval> measured =
                energy.filter(outcome -> !outcome.simulated()).flatMap(EnergyOutcome::microjoules);
        return measured.isPresent() && model.microjoules() > 0
                ? OptionalDouble.of(measured.get().value() / model.microjoules())
                : OptionalDouble.empty();
    }

    /** Rows of a table: model, measured, modelled, ratio. */
    List<List<String>> rows(Optional<EnergyOutcome> energy) {
        String measured = energy.flatMap(EnergyOutcome::microjoules)
                .map(interval ->
                        RunText.micros(interval) + (energy.orElseThrow().simulated() ? ", simulated" : ""))
                .orElse("-");
        List<List<String>> rows = new ArrayList<>();
        for (ModelledEnergy model : models) {
            OptionalDouble ratio = ratio(model, energy);
            rows.add(List.of(
                    model.model(),
                    measured,
                    String.format(Locale.ROOT, "%.4g µJ", model.microjoules()),
                    ratio.isPresent() ? String.format(Locale.ROOT, "%.4g", ratio.getAsDouble()) : "-"));
        }
        return rows;
    }
}
