package io.spikelet.device;

import io.spikelet.hal.EnergyMeter;
import io.spikelet.hal.Thermometer;
import io.spikelet.telemetry.BoardMetric;
import io.spikelet.telemetry.InferenceWindow;
import io.spikelet.telemetry.Reading;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads every metric of a board; what cannot be read comes with the reason. */
final class BoardReadings {
    private static final String NO_MODEL = "no model is active";
    private static final String NO_INFERENCE = "nothing was inferred since the model became active";
    private static final String NO_LABEL = "no labelled sample came since the model became active";

    private final InferenceWindow window;
    private final Thermometer thermometer;
    private final EnergyMeter energy;

    BoardReadings(InferenceWindow window, Thermometer thermometer, EnergyMeter energy) {
        this.window = window;
        this.thermometer = thermometer;
        this.energy = energy;
    }

    Map<BoardMetric, Reading> read(Board board) {
        Map<BoardMetric, Reading> readings = new EnumMap<>(BoardMetric.class);
        Optional<RunningModel> model = board.model();
        readings.put(
                BoardMetric.MODEL_NAME,
                text(model.map(running -> running.network().name())));
        readings.put(
                BoardMetric.MODEL_VERSION,
                text(model.map(running -> running.image().version())));
        readings.put(
                BoardMetric.MODEL_DIGEST,
                text(model.map(running -> running.image().hash())));
        readings.put(BoardMetric.LAST_START, Reading.of(board.sentence()));
        readings.put(BoardMetric.ACCURACY, number(window.accuracy(), NO_LABEL));
        readings.put(
                BoardMetric.LATENCY,
                window.medianMicroseconds().isPresent()
                        ? Reading.of(window.medianMicroseconds().getAsLong())
                        : Reading.absent(NO_INFERENCE));
        readings.put(BoardMetric.SPIKES, number(window.meanSpikes(), NO_INFERENCE));
        readings.put(BoardMetric.SYNAPTIC_OPERATIONS, number(window.meanOperations(), NO_INFERENCE));
        readings.put(BoardMetric.ENERGY, energyReading());
        readings.put(
                BoardMetric.SAMPLES_LEARNED,
                model.map(running -> Reading.of(running.samplesLearned())).orElse(Reading.absent(NO_MODEL)));
        readings.put(BoardMetric.TEMPERATURE, temperature());
        AdaptationReadings.add(model.flatMap(RunningModel::adaptation), readings);
        return readings;
    }

    private Reading energyReading() {
        try {
            return energy.microjoules().isEmpty()
                    ? Reading.absent(energy.source())
                    : number(window.meanMicrojoules(), NO_INFERENCE);
        } catch (IOException e) {
            return Reading.absent(e.getMessage());
        }
    }

    /** To a tenth of a degree, so that noise is no news. */
    private Reading temperature() {
        try {
            OptionalDouble celsius = thermometer.celsius();
            return celsius.isEmpty()
                    ? Reading.absent(thermometer.source())
                    : Reading.of(Math.round(celsius.getAsDouble() * 10) / 10.0);
        } catch (IOException e) {
            return Reading.absent(e.getMessage());
        }
    }

    private static Reading text(Optional<String> value) {
        return value.map(Reading::of).orElse(Reading.absent(NO_MODEL));
    }

    private static Reading number(OptionalDouble value, String reason) {
        return value.isPresent() ? Reading.of(value.getAsDouble()) : Reading.absent(reason);
    }
}
