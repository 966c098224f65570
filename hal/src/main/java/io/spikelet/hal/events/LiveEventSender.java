package io.spikelet.hal.events;

import io.spikelet.hal.ByteLink;
import java.io.IOException;
import java.util.Objects;
import java.util.zip.CRC32;

/** Sends events over a link to a {@link LiveEvents}, as a sensor's process does. Allocates when it is made only. */
public final class LiveEventSender {
    private final ByteLink link;
    private final byte[] packet = new byte[EventPacket.MAX_BYTES];
    private final CRC32 crc = new CRC32();

    /** A sender over a link, which stays its owner's to close. */
    public LiveEventSender(ByteLink link) {
        this.link = Objects.requireNonNull(link, "link");
    }

    /**
     * Sends events {@code from} (inclusive) to {@code to} (exclusive), in as few packets as they fit.
     *
     * @throws IllegalArgumentException when an x is above 32767
     * @throws IOException when the link does not take them
     */
    public void send(EventBuffer events, int from, int to) throws IOException {
        Objects.checkFromToIndex(from, to, events.size());
        int next = from;
        while (next < to) {
            long base = events.micros(next);
            long before = base;
            int count = 0;
            while (next < to && count < EventPacket.MAX_EVENTS && follows(before, events.micros(next))) {
                put(events, next, count, before);
                before = events.micros(next);
                count++;
                next++;
            }
            write(count, base);
        }
    }

    /** Tells the reader that no more events will come. */
    public void end() throws IOException {
        write(0, 0);
    }

    private static boolean follows(long before, long micros) {
        return micros >= before && micros - before <= EventPacket.MAX_DELTA_MICROS;
    }

    private void put(EventBuffer events, int event, int index, long before) {
        int x = events.x(event);
        if (x > EventPacket.MAX_X) {
            throw new IllegalArgumentException("x must be 0..32767 on a live link: x=" + x);
        }
        int at = EventPacket.EVENTS_OFFSET + index * EventPacket.EVENT_BYTES;
        EventPacket.putU16(packet, at, (int) (events.micros(event) - before));
        EventPacket.putU16(packet, at + Short.BYTES, events.polarity(event) << 15 | x);
        EventPacket.putU16(packet, at + 2 * Short.BYTES, events.y(event));
    }

    private void write(int count, long base) throws IOException {
        EventPacket.seal(packet, count, base, crc);
        link.write(packet, 0, EventPacket.bytes(count));
    }
}
