package io.spikelet.telemetry;

/**
 * When something was: by the calendar, or, where the clock was not set yet, by how long the board had run.
 *
 * @param start which start of the board, for a time since then; told from other starts by its number
 * @param calendar whether {@code millis} counts from 1970-01-01T00:00Z rather than from the start
 * @param millis not negative
 */
record Stamp(int start, boolean calendar, long millis) {
    Stamp {
        if (start < 0 || millis < 0) {
            throw new IllegalArgumentException("start and millis must not be negative: " + start + ", " + millis);
        }
    }
}
