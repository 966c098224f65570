package io.spikelet.host.fleet;

import io.spikelet.telemetry.BoardMetric;
import java.util.Map;

/**
 * A board as one row of the fleet's table. A figure that the board has not is NaN, a text empty.
 *
 * @param told ms since 1970 of the youngest value, by the board's clock; 0 when there is none
 * @param accuracy share correct of the labelled samples of late, 0..1
 * @param energy µJ an inference
 * @param latency µs an inference, median
 * @param spikes an inference, all neurons and steps
 * @param drift alarms since the board's start
 * @param guard accuracy on the guard set, 0..1
 * @param temperature °C
 */
public record BoardRow(
        BoardId id,
        BoardState state,
        long since,
        long seen,
        long messages,
        long missing,
        long told,
        String model,
        String version,
        double accuracy,
        double energy,
        double latency,
        double spikes,
        double drift,
        double guard,
        double temperature) {

    static BoardRow of(
            BoardId id,
            BoardState state,
            long since,
            long seen,
            long messages,
            long missing,
            Map<String, MetricValue> values) {
        long told = 0;
        for (MetricValue value : values.values()) {
            told = Math.max(told, value.time());
        }
        return new BoardRow(
                id,
                state,
                since,
                seen,
                messages,
                missing,
                told,
                text(values, BoardMetric.MODEL_NAME),
                text(values, BoardMetric.MODEL_VERSION),
                number(values, BoardMetric.ACCURACY),
                number(values, BoardMetric.ENERGY),
                number(values, BoardMetric.LATENCY),
                number(values, BoardMetric.SPIKES),
                number(values, BoardMetric.DRIFT_ALARMS),
                number(values, BoardMetric.GUARD_ACCURACY),
                number(values, BoardMetric.TEMPERATURE));
    }

    private static double number(Map<String, MetricValue> values, BoardMetric metric) {
        MetricValue value = values.get(metric.wireName());
        return value == null ? Double.NaN : value.number();
    }

    private static String text(Map<String, MetricValue> values, BoardMetric metric) {
        MetricValue value = values.get(metric.wireName());
        return value != null && value.value() instanceof String text ? text : "";
    }
}
