package io.spikelet.hal.events;

import java.io.IOException;

/**
 * The format of N-MNIST and N-Caltech101 ({@code .bin}, {@code .bs2}): events of 5 bytes and nothing else.
 *
 * <pre>
 *  0   1   2                     5
 *  | x | y | p1 | µs 23 bits     |   big endian
 * </pre>
 *
 * A record with y = 240 is no event: it says that the sensor's clock ran over, and it and all that follow are 2^13 µs
 * later than they say (the data sets' own reader, {@code read_dataset} of gorchard/event-Python).
 */
final class NmnistEvents extends RecordedEvents {
    static final int SIDE = 34;
    static final int OVERFLOW_ROW = 240;

    private static final long OVERFLOW_MICROS = 1 << 13;
    private static final int RECORD_BYTES = 5;
    private static final int LOOKED_AT = 64;

    private long overflowed;

    NmnistEvents(ByteFeed bytes, int width, int height) {
        super(bytes, width, height);
    }

    /** Whether the first records can be N-MNIST's: on its 34 x 34 pixels, in order of time. */
    static boolean looksLike(ByteFeed bytes) throws IOException {
        int before = 0;
        for (int record = 0; record < LOOKED_AT; record++) {
            int at = record * RECORD_BYTES;
            if (bytes.peek(at) < 0) {
                return record > 0;
            }
            if (bytes.peek(at + RECORD_BYTES - 1) < 0) {
                return record > 0; // a cut file is told so when it is read that far
            }
            int row = bytes.peek(at + 1);
            if (row == OVERFLOW_ROW) {
                before = 0;
                continue;
            }
            int micros = (bytes.peek(at + 2) & 0x7f) << 16 | bytes.peek(at + 3) << 8 | bytes.peek(at + 4);
            if (bytes.peek(at) >= SIDE || row >= SIDE || micros < before) {
                return false;
            }
            before = micros;
        }
        return true;
    }

    @Override
    boolean decode(EventBuffer into) throws IOException {
        long start = bytes.offset();
        int x = bytes.next();
        if (x < 0) {
            return false;
        }
        int y = bytes.require("an event");
        int polarityAndTime = bytes.require("an event");
        int middle = bytes.require("an event");
        int micros = (polarityAndTime & 0x7f) << 16 | middle << 8 | bytes.require("an event");
        if (y == OVERFLOW_ROW) {
            overflowed += OVERFLOW_MICROS;
        } else {
            add(into, overflowed + micros, x, y, polarityAndTime >> 7, start);
        }
        return true;
    }
}
