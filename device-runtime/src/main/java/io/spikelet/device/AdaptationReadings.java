package io.spikelet.device;

import io.spikelet.adapt.AdaptationEvent;
import io.spikelet.adapt.AdaptationReport;
import io.spikelet.adapt.AdaptationSettings;
import io.spikelet.telemetry.BoardMetric;
import io.spikelet.telemetry.Reading;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The metrics of adaptation. */
final class AdaptationReadings {
    /** Of the history, as much as a broker should be sent at each change. */
    private static final int EVENTS = 8;

    private static final String OFF = "adaptation is off, or the model cannot learn";
    private static final String NO_GUARD = "the guard set was not evaluated yet";
    private static final String NO_EVENT = "nothing has happened yet";

    private static final List<BoardMetric> ALL = List.of(
            BoardMetric.ADAPTATION_SAMPLES,
            BoardMetric.PROMOTIONS,
            BoardMetric.ROLLBACKS,
            BoardMetric.REFUSED_INPUTS,
            BoardMetric.DRIFT_ALARMS,
            BoardMetric.GUARD_ACCURACY,
            BoardMetric.IMAGE_GUARD_ACCURACY,
            BoardMetric.SAMPLES_AT_RISK,
            BoardMetric.ADAPTATION_EVENTS,
            BoardMetric.ADAPTATION_EVENT_COUNTS);

    private AdaptationReadings() {}

    static void add(Optional<Adaptation> adaptation, Map<BoardMetric, Reading> into) {
        if (adaptation.isEmpty()) {
            ALL.forEach(metric -> into.put(metric, Reading.absent(OFF)));
            return;
        }
        AdaptationReport report = adaptation.get().service().report();
        into.put(BoardMetric.ADAPTATION_SAMPLES, Reading.of(report.taken()));
        into.put(BoardMetric.PROMOTIONS, Reading.of(report.promotions()));
        into.put(BoardMetric.ROLLBACKS, Reading.of(report.rollbacks()));
        into.put(BoardMetric.REFUSED_INPUTS, Reading.of(report.refused()));
        into.put(BoardMetric.DRIFT_ALARMS, Reading.of(report.drifts()));
        into.put(BoardMetric.GUARD_ACCURACY, accuracy(report.servedAccuracy()));
        into.put(BoardMetric.IMAGE_GUARD_ACCURACY, accuracy(report.imageAccuracy()));
        into.put(
                BoardMetric.SAMPLES_AT_RISK,
                Reading.of(adaptation.get().checkpoints().atRisk()));
        String events = adaptation.get().service().lastEvents(EVENTS).stream()
                .map(AdaptationEvent::sentence)
                .collect(Collectors.joining("; "));
        into.put(BoardMetric.ADAPTATION_EVENTS, events.isEmpty() ? Reading.absent(NO_EVENT) : Reading.of(events));
        String counts = Arrays.stream(AdaptationEvent.Kind.values())
                .filter(kind -> adaptation.get().service().count(kind) > 0)
                .map(kind -> kind + " " + adaptation.get().service().count(kind))
                .collect(Collectors.joining(", "));
        into.put(BoardMetric.ADAPTATION_EVENT_COUNTS, counts.isEmpty() ? Reading.absent(NO_EVENT) : Reading.of(counts));
    }

    private static Reading accuracy(int share) {
        return share < 0 ? Reading.absent(NO_GUARD) : Reading.of((double) share / AdaptationSettings.WHOLE);
    }
}
