package io.spikelet.hal.events;

/** What every source checks: its caller's buffer, and each event's place and time. */
final class Pixels {
    private Pixels() {}

    static void requirePollable(EventBuffer into, int timeoutMillis) {
        if (into.room() == 0) {
            throw new IllegalArgumentException("into has no room: it holds " + into.size() + " events; clear it");
        }
        if (timeoutMillis < 0) {
            throw new IllegalArgumentException("timeoutMillis must not be negative: " + timeoutMillis);
        }
    }

    static void requireGeometry(int width, int height) {
        if (width < 1 || width > 1 << 16 || height < 1 || height > 1 << 16) {
            throw new IllegalArgumentException(
                    "width and height must be 1..65536: width=" + width + ", height=" + height);
        }
    }

    static void check(String name, long offset, long micros, int x, int y, int width, int height)
            throws EventFormatException {
        if (x >= width || y >= height) {
            throw new EventFormatException(
                    name,
                    offset,
                    "an event at x " + x + ", y " + y + " lies outside the sensor's " + width + " x " + height
                            + " pixels; the bytes are damaged or of another format");
        }
        if (micros < 0 || micros > EventBuffer.MAX_MICROS) {
            throw new EventFormatException(
                    name, offset, "an event's time lies beyond 2^52 µs; the bytes are damaged or of another format");
        }
    }
}
