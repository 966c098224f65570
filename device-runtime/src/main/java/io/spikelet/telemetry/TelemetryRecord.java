package io.spikelet.telemetry;

import java.util.EnumMap;
import java.util.Map;

/**
 * What changed at one moment.
 *
 * @param number unique on this board for ever and rising by one: in the upper half the number of the start, in the lower
 *     half 1 for the first of that start
 * @param stamp when
 * @param readings the metrics that changed
 */
record TelemetryRecord(long number, Stamp stamp, Map<BoardMetric, Reading> readings) {
    private static final int START_SHIFT = 32;

    TelemetryRecord {
        readings = readings.isEmpty() ? Map.of() : new EnumMap<>(readings);
    }

    /** The number before the first of a start. */
    static long numberBefore(int start) {
        return (long) start << START_SHIFT;
    }

    static int startOf(long number) {
        return (int) (number >>> START_SHIFT);
    }
}
