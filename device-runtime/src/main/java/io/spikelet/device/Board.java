package io.spikelet.device;

import io.spikelet.adapt.AdaptationSettings;
import io.spikelet.adapt.Checkpoints;
import io.spikelet.hal.Clock;
import io.spikelet.hal.EnergyMeter;
import io.spikelet.hal.Store;
import io.spikelet.slots.BootReport;
import io.spikelet.slots.ImageVerifier;
import io.spikelet.slots.Slots;
import io.spikelet.slots.SwapState;
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
 * @param before what is to be told before the report: last words of the start before, or nothing
 * @param after what is to be told after it: what became of the model, or nothing
 */
record Board(Slots slots, BootReport report, Optional<RunningModel> model, String before, String after) {

    /** All that a person should know of the start; what it asked for is said no more once it is done. */
    String sentence() {
        return before + (isConfirmed() ? report.confirmed() : report.sentence()) + after;
    }

    private boolean isConfirmed() {
        try {
            return report.outcome() == BootReport.Outcome.TESTING && slots.swapState() != SwapState.REVERT;
        } catch (IOException unknown) {
            return false; // what cannot be read is told by who needs it
        }
    }

    /**
     * Starts: swaps or reverts, loads the active model and what it learned.
     *
     * @param adaptation how a model that can learn adapts, or empty
     * @param devices that layers go on
     * @param watch over an image that has not proved itself
     * @throws IOException when the store fails or its boot record is damaged
     */
    static Board start(
            Store store,
            ImageVerifier verifier,
            Clock clock,
            EnergyMeter energy,
            InferenceWindow window,
            Optional<AdaptationSettings> adaptation,
            PlacedLayers.Choice devices,
            TrialWatch watch)
            throws IOException {
        Slots slots = Slots.open(store, verifier);
        Optional<String> lastWords = LastWords.read(store);
        ModelStart start = new ModelStart(
                (image, classifier) ->
                        RunningModel.load(image, classifier, store, clock, energy, window, adaptation, devices),
                watch);
        BootReport report = slots.boot(start);
        Set<String> hashes =
                slots.state().stream().map(state -> state.image().hash()).collect(Collectors.toSet());
        LearnedState.sweep(store, hashes);
        Checkpoints.sweep(store, hashes);
        LastWords.delete(store);
        String before = lastWords.map(words -> words + "; ").orElse("");
        if (report.image().isEmpty()) {
            return new Board(slots, report, Optional.empty(), before, "");
        }
        if (slots.swapState() == SwapState.REVERT) {
            start.model().ifPresent(model -> model.watchWith(watch, slots));
        }
        return new Board(slots, report, start.model(), before, "; " + start.sentence());
    }
}
