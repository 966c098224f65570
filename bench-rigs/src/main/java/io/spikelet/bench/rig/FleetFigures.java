package io.spikelet.bench.rig;

import io.spikelet.bench.energy.Interval;
import io.spikelet.host.fleet.BoardId;
import io.spikelet.host.fleet.BoardSnapshot;
import io.spikelet.host.fleet.BoardState;
import io.spikelet.host.fleet.FleetEvent;
import io.spikelet.host.fleet.MetricValue;
import io.spikelet.host.fleet.Reading;
import io.spikelet.host.fleet.store.FleetStore;
import io.spikelet.telemetry.BoardMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A run as readings of a board in the fleet's store. What the bench found stands under {@code Rig/…}, so that it is never
 * taken for what the board told of itself; only a board that no collector knows gets the usual names too, for the fleet's
 * table.
 */
final class FleetFigures {
    private static final String RIG = "Rig/";

    private final KeptRun run;
    private final BoardId board;
    private final long time;
    private final Map<String, MetricValue> found = new TreeMap<>();

    FleetFigures(KeptRun run, BoardId board) {
        this.run = run;
        this.board = board;
        time = run.started().toEpochMilli();
        // A simulated meter tells of no board.
        if (!run.is("/energy/simulated")) {
            run.microjoules().ifPresent(this::energy);
            run.number("/energy/idle_watts").ifPresent(watts -> put(RIG + "IdleWatts", watts));
        }
        run.inferencesPerSecond().ifPresent(rate -> put(RIG + "InferencesPerSecond", rate));
        run.accuracy().ifPresent(accuracy -> put(RIG + "Accuracy", accuracy.share()));
        if (!found.isEmpty()) {
            put(RIG + "Image", run.image());
            put(RIG + "ByTheRules", run.is("/manifest/rules/by_the_rules"));
        }
    }

    private void energy(Interval interval) {
        put(RIG + "EnergyMicrojoules", interval.value());
        put(RIG + "EnergyMicrojoulesLow", interval.low());
        put(RIG + "EnergyMicrojoulesHigh", interval.high());
        put(RIG + "Meter", run.text("/energy/meter/source"));
    }

    private void put(String metric, Object value) {
        found.put(metric, new MetricValue(time, value, ""));
    }

    /** How many readings there are. */
    int count() {
        return found.size();
    }

    /**
     * What is written at once.
     *
     * @param known whether the store holds the board already
     */
    FleetStore.Batch batch(boolean known) {
        Map<String, MetricValue> all = new TreeMap<>(found);
        if (!known) {
            usual(all, RIG + "EnergyMicrojoules", BoardMetric.ENERGY);
            usual(all, RIG + "Accuracy", BoardMetric.ACCURACY);
            all.put(BoardMetric.MODEL_NAME.wireName(), new MetricValue(time, model(), ""));
            all.put(
                    BoardMetric.MODEL_VERSION.wireName(),
                    new MetricValue(time, run.text("/manifest/image/version"), ""));
            run.inferencesPerSecond()
                    .ifPresent(rate -> all.put(BoardMetric.LATENCY.wireName(), new MetricValue(time, 1e6 / rate, "")));
        }
        List<Reading> readings = new ArrayList<>();
        all.forEach((metric, value) -> readings.add(Reading.of(board, metric, value)));
        List<BoardSnapshot> boards = known
                ? List.of()
                : List.of(new BoardSnapshot(board, BoardState.OFFLINE, time, time, BoardSnapshot.Counts.NONE, 0, all));
        FleetEvent event =
                new FleetEvent(board, time, FleetEvent.Kind.MEASURED, "measured on the bench by run " + run.name());
        return new FleetStore.Batch(readings, boards, List.of(event));
    }

    private String model() {
        String name = run.text("/manifest/image/name");
        return name.isEmpty() ? run.text("/manifest/model") : name;
    }

    private static void usual(Map<String, MetricValue> all, String ours, BoardMetric usual) {
        MetricValue value = all.get(ours);
        if (value != null) {
            all.put(usual.wireName(), value);
        }
    }
}
