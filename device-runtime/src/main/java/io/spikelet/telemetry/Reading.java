package io.spikelet.telemetry;

/**
 * The present value of a metric, or why there is none.
 *
 * @param value String, Long or Double as the metric's datatype asks; null when there is none
 * @param reason in words for a person; empty when there is a value
 */
public record Reading(Object value, String reason) {
    public Reading {
        if ((value == null) == reason.isEmpty()) {
            throw new IllegalArgumentException(
                    "a reading has either a value or a reason: value=" + value + " reason=" + reason);
        }
    }

    public static Reading of(String value) {
        return new Reading(value, "");
    }

    public static Reading of(long value) {
        return new Reading(value, "");
    }

    public static Reading of(double value) {
        return new Reading(value, "");
    }

    public static Reading absent(String reason) {
        return new Reading(null, reason);
    }
}
