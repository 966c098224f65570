package io.spikelet.hal.events;

import java.io.IOException;

/**
 * AEDAT 3.1 (cAER, {@code .aedat}): after the header, packets of a header of 28 bytes and events of one type.
 *
 * <pre>
 *  0      2        4             8             12            16         20       24      28
 *  | type | source | event bytes | time offset | times over  | capacity | number | valid | events …   little endian
 *
 *  polarity event (type 1)   | x 15 | y 15 | polarity 1 | valid 1 |   µs 32 bits |
 * </pre>
 *
 * An event's time is {@code times over · 2^31 + µs}. Packets of other types and events that are not valid are passed
 * over.
 */
final class Aedat3Events extends RecordedEvents {
    private static final int POLARITY_EVENT = 1;
    private static final int EVENT_BYTES = 8;
    private static final int TIME_OFFSET = 4;
    private static final int ADDRESSABLE = 1 << 15;
    private static final String INSIDE_HEADER = "a packet's header";

    private long timesOver;
    private int left;

    private Aedat3Events(ByteFeed bytes, int width, int height) {
        super(bytes, width, height);
    }

    /** The geometry is the named sensor's, or for one unknown here all that 15 bits can say. */
    static EventSource after(AedatHeader header, ByteFeed bytes) {
        String chip = header.chip();
        if (chip.contains("dvs128")) {
            return new Aedat3Events(bytes, 128, 128);
        } else if (chip.contains("davis240")) {
            return new Aedat3Events(bytes, 240, 180);
        } else if (chip.contains("davis346")) {
            return new Aedat3Events(bytes, 346, 260);
        }
        return new Aedat3Events(bytes, ADDRESSABLE, ADDRESSABLE);
    }

    @Override
    boolean decode(EventBuffer into) throws IOException {
        if (left == 0) {
            return nextPacket();
        }
        long start = bytes.offset();
        int data = bytes.littleEndian32("an event");
        long micros = bytes.littleEndian32("an event");
        left--;
        if ((data & 1) == 1) {
            add(into, timesOver << 31 | micros, data >>> 17, data >>> 2 & 0x7fff, data >>> 1 & 1, start);
        }
        return true;
    }

    private boolean nextPacket() throws IOException {
        long start = bytes.offset();
        int low = bytes.next();
        if (low < 0) {
            return false;
        }
        int type = bytes.require(INSIDE_HEADER) << 8 | low;
        bytes.skip(2, INSIDE_HEADER);
        int eventBytes = bytes.littleEndian32(INSIDE_HEADER);
        int timeOffset = bytes.littleEndian32(INSIDE_HEADER);
        timesOver = bytes.littleEndian32(INSIDE_HEADER);
        bytes.skip(4, INSIDE_HEADER);
        int number = bytes.littleEndian32(INSIDE_HEADER);
        bytes.skip(4, INSIDE_HEADER);
        if (eventBytes < 1 || number < 0 || timesOver < 0) {
            throw bytes.malformed(
                    start, "a packet claims " + number + " events of " + eventBytes + " bytes; the bytes are damaged");
        }
        if (type != POLARITY_EVENT) {
            bytes.skip((long) number * eventBytes, "a packet of type " + type);
        } else if (eventBytes != EVENT_BYTES || timeOffset != TIME_OFFSET) {
            throw bytes.malformed(
                    start,
                    "a packet has polarity events of " + eventBytes + " bytes with their time at " + timeOffset
                            + ", AEDAT 3.1 has 8 and 4; the bytes are damaged");
        } else {
            left = number;
        }
        return true;
    }
}
