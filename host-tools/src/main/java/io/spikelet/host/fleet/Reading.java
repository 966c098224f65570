package io.spikelet.host.fleet;

/**
 * One value of a metric to be kept. A board, a metric and a time name one reading: the same one again changes nothing.
 *
 * @param number the value; NaN when it is a text or there is none
 * @param text the value of a metric of texts; null otherwise
 */
public record Reading(BoardId board, String metric, long time, double number, String text) {

    /** What is kept of a value. */
    public static Reading of(BoardId board, String metric, MetricValue value) {
        return new Reading(
                board, metric, value.time(), value.number(), value.value() instanceof String text ? text : null);
    }
}
