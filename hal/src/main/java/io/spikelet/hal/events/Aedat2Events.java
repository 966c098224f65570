package io.spikelet.hal.events;

import java.io.IOException;

/**
 * AEDAT 2.0 (jAER, {@code .aedat}): after the header, events of 8 bytes.
 *
 * <pre>
 *  0         4        8
 *  | address | µs     |     big endian
 *
 *  address of a DVS128   | 0 17 | external 1 | y 7  | x 7  | polarity 1 |
 *  address of a DAVIS    | frame or IMU 1 | y 9 | x 10 | polarity 1 | external 1 | 10 |
 * </pre>
 *
 * As iniVation describes it, polarity 1 is brighter and y counts from the bottom, so it is turned here. What is no
 * change of a pixel (external, frame, IMU) is passed over. Times are of 32 bits; one that falls by more than half
 * their range has run over.
 */
final class Aedat2Events extends RecordedEvents {
    private static final long TIME_RANGE = 1L << 32;

    private final boolean davis;
    private long before;
    private long turns;

    private Aedat2Events(ByteFeed bytes, boolean davis, int width, int height) {
        super(bytes, width, height);
        this.davis = davis;
    }

    static EventSource after(AedatHeader header, ByteFeed bytes) throws IOException {
        String chip = header.chip();
        if (chip.contains("dvs128")) {
            return new Aedat2Events(bytes, false, 128, 128);
        } else if (chip.contains("davis240")) {
            return new Aedat2Events(bytes, true, 240, 180);
        } else if (chip.contains("davis346")) {
            return new Aedat2Events(bytes, true, 346, 260);
        }
        throw bytes.malformed(
                0, "is of the chip " + chip + ", this reader knows the addresses of DVS128, DAVIS240 and DAVIS346");
    }

    @Override
    boolean decode(EventBuffer into) throws IOException {
        long start = bytes.offset();
        int highest = bytes.next();
        if (highest < 0) {
            return false;
        }
        int address = highest << 24
                | bytes.require("an event") << 16
                | bytes.require("an event") << 8
                | bytes.require("an event");
        long time = bytes.bigEndian32("an event") & 0xffff_ffffL;
        if (before - time > TIME_RANGE / 2) {
            turns++;
        }
        before = time;
        boolean change = davis ? (address & 0x8000_0400) == 0 : (address & 0x8000) == 0;
        if (change) {
            int x = davis ? address >>> 12 & 0x3ff : address >>> 1 & 0x7f;
            int fromBottom = davis ? address >>> 22 & 0x1ff : address >>> 8 & 0x7f;
            int polarity = davis ? address >>> 11 & 1 : address & 1;
            // Below the lowest row is outside too, and must not become a row by being turned.
            int y = fromBottom < height() ? height() - 1 - fromBottom : fromBottom;
            add(into, turns * TIME_RANGE + time, x, y, polarity, start);
        }
        return true;
    }
}
