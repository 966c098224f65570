package io.spikelet.telemetry;

import java.util.EnumMap;
import java.util.Map;

/** One reading for each metric. */
final class TestReadings {
    private TestReadings() {}

    /** @param learned the value of the one metric that tests change */
    static Map<BoardMetric, Reading> of(long learned) {
        Map<BoardMetric, Reading> readings = new EnumMap<>(BoardMetric.class);
        for (BoardMetric metric : BoardMetric.values()) {
            readings.put(
                    metric,
                    switch (metric.datatype()) {
                        case STRING -> Reading.of("text");
                        case UINT64 -> Reading.of(7L);
                        default -> Reading.of(0.5);
                    });
        }
        readings.put(BoardMetric.SAMPLES_LEARNED, Reading.of(learned));
        readings.put(BoardMetric.TEMPERATURE, Reading.absent("this board has no sensor"));
        return readings;
    }

    static Map<NodeMetric, Object> own() {
        Map<NodeMetric, Object> own = new EnumMap<>(NodeMetric.class);
        for (NodeMetric metric : NodeMetric.values()) {
            own.put(
                    metric,
                    switch (metric.datatype()) {
                        case STRING -> "";
                        case BOOLEAN -> false;
                        default -> 0L;
                    });
        }
        return own;
    }
}
