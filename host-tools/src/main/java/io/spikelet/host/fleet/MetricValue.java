package io.spikelet.host.fleet;

import java.util.Locale;

/**
 * One value of one metric.
 *
 * @param time ms since 1970, by the board's clock
 * @param value String, Long, Double or Boolean; null when the board has none
 * @param reason why there is none, in the board's words; empty otherwise
 */
public record MetricValue(long time, Object value, String reason) {

    /** The value as a number, true as 1; NaN when it is a text or there is none. */
    public double number() {
        return switch (value) {
            case Number number -> number.doubleValue();
            case Boolean flag -> flag ? 1 : 0;
            case null, default -> Double.NaN;
        };
    }

    /** For a person. */
    public String text() {
        if (value == null) {
            return "not available: " + (reason.isEmpty() ? "no reason given" : reason);
        }
        return value instanceof Double real ? String.format(Locale.ROOT, "%.6g", real) : value.toString();
    }
}
