package io.spikelet.hal.events;

import java.io.IOException;

/**
 * Event Stream 2.x ({@code .es}) with DVS or ATIS events, as neuromorphic-paris/event_stream describes it.
 *
 * <pre>
 *  0              12        15     16      18       20
 *  | Event Stream | version | type | width | height | events …    little endian
 *
 *  DVS event   | t7 on1     | x 2 bytes | y 2 bytes |   t: µs since the event before, 0..126
 *              | fe         |                           reset: means nothing between events
 *              | ff         |                           127 µs pass
 *  ATIS event  | t6 p1 tc1  | x 2 bytes | y 2 bytes |   t: 0..62; tc 1: half an exposure measurement, passed over
 *              | 111111 n2  |                           63 · n µs pass; n = 0 is the reset
 * </pre>
 */
final class EventStreamEvents extends RecordedEvents {
    static final String MAGIC = "Event Stream";

    private static final int MAJOR_VERSION = 2;
    private static final int DVS = 1;
    private static final int ATIS = 2;
    private static final int TYPE_OFFSET = 15;

    private final boolean atis;
    private long micros;

    private EventStreamEvents(ByteFeed bytes, boolean atis, int width, int height) {
        super(bytes, width, height);
        this.atis = atis;
    }

    /** Reads the header of a feed that starts with {@link #MAGIC}. */
    static EventSource open(ByteFeed bytes) throws IOException {
        bytes.skip(MAGIC.length(), "its header");
        int major = bytes.require("its header");
        int minor = bytes.require("its header");
        bytes.skip(1, "its header");
        if (major != MAJOR_VERSION) {
            throw bytes.malformed(
                    MAGIC.length(),
                    "is Event Stream " + major + "." + minor + ", this reader knows 2.x; convert it first");
        }
        int type = bytes.require("its header");
        if (type != DVS && type != ATIS) {
            throw bytes.malformed(
                    TYPE_OFFSET,
                    "holds " + nameOf(type) + ", which are no brightness changes of pixels; give a file of DVS or ATIS"
                            + " events");
        }
        int width = bytes.littleEndian16("its header");
        int height = bytes.littleEndian16("its header");
        if (width == 0 || height == 0) {
            throw bytes.malformed(
                    TYPE_OFFSET + 1, "has a sensor of " + width + " x " + height + " pixels; the header is damaged");
        }
        return new EventStreamEvents(bytes, type == ATIS, width, height);
    }

    private static String nameOf(int type) {
        return switch (type) {
            case 0 -> "generic events";
            case 3 -> "display events";
            case 4 -> "colour events";
            default -> "events of the unknown type " + type;
        };
    }

    @Override
    boolean decode(EventBuffer into) throws IOException {
        long start = bytes.offset();
        int first = bytes.next();
        if (first < 0) {
            return false;
        }
        if (atis ? first >= 0xfc : first >= 0xfe) {
            micros += atis ? 63 * (first & 3) : 127 * (first & 1);
            return true;
        }
        int x = bytes.littleEndian16("an event");
        int y = bytes.littleEndian16("an event");
        micros += atis ? first >> 2 : first >> 1;
        if (!atis) {
            add(into, micros, x, y, first & 1, start);
        } else if ((first & 1) == 0) {
            add(into, micros, x, y, first >> 1 & 1, start);
        }
        return true;
    }
}
