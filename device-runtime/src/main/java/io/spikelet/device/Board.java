package io.spikelet.device;

import io.spikelet.adapt.AdaptationSettings;
import io.spikelet.adapt.Checkpoints;
import io.spikelet.hal.Clock;
import io.spikelet.hal.EnergyMeter;
import io.spikelet.hal.Store;
import io.spikelet.hal.coprocessor.CoProcessorException;
import io.spikelet.model.MalformedDataException;
import io.spikelet.slots.BootReport;
import io.spikelet.slots.ImageVerifier;
import io.spikelet.slots.Slots;
import io.spikelet.telemetry.InferenceWindow;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A board from one start to the next.
 *
 * @param slots its two slots
 * @param report what the start did to them
 * @param model the model at work, or empty when none can be
 * @param sentence all that a person should know of the start
 */
record Board(Slots slots, BootReport report, Optional<RunningModel> model, String sentence) {

    /**
     * Starts: swaps or reverts, loads the active model and what it learned.
     *
     * @param adaptation how a model that can learn adapts, or empty
     * @param devices that layers go on
     * @throws IOException when the store fails or its boot record is damaged
     */
    static Board start(
            Store store,
            ImageVerifier verifier,
            Clock clock,
            EnergyMeter energy,
            InferenceWindow window,
            Optional<AdaptationSettings> adaptation,
            PlacedLayers.Choice devices)
            throws IOException {
        Slots slots = Slots.open(store, verifier);
        BootReport report = slots.boot();
        Set<String> hashes =
                slots.state().stream().map(state -> state.image().hash()).collect(Collectors.toSet());
        LearnedState.sweep(store, hashes);
        Checkpoints.sweep(store, hashes);
        if (report.image().isEmpty()) {
            return new Board(slots, report, Optional.empty(), report.sentence());
        }
        try {
            RunningModel model =
                    RunningModel.load(report.image().get(), store, clock, energy, window, adaptation, devices);
            return new Board(slots, report, Optional.of(model), report.sentence() + "; " + model.learning());
        } catch (MalformedDataException | CoProcessorException e) {
            return new Board(slots, report, Optional.empty(), report.sentence() + "; it cannot run: " + e.getMessage());
        }
    }
}
