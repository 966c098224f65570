package io.spikelet.hal.events;

import io.spikelet.hal.ByteLink;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/**
 * Events while they happen, from another process over a serial line or TCP (docs/events.md draws the bytes). Bytes
 * that are no whole packet are passed over and counted, for a serial line may lose some and a reader may begin in the
 * middle; a whole packet that says what cannot be is refused. Allocates when it is made only.
 */
public final class LiveEvents implements EventSource {
    private final ByteLink link;
    private final int width;
    private final int height;
    private final CRC32 crc = new CRC32();
    private final byte[] incoming = new byte[4096];
    private final byte[] pending = new byte[EventPacket.MAX_BYTES + incoming.length];
    private int start;
    private int end;
    private long startOffset;
    private int eventsLeft; // of the packet whose next event is at start
    private long micros;
    private long passedOver;
    private boolean ended;
    private boolean closed;
    private EventFormatException malformed;

    /**
     * Takes over a link and closes it when closed.
     *
     * @param width columns of the sensor, 1..32768; the packets do not tell
     * @param height rows of the sensor, 1..65536
     */
    public LiveEvents(ByteLink link, int width, int height) {
        Pixels.requireGeometry(width, height);
        if (width > EventPacket.MAX_X + 1) {
            throw new IllegalArgumentException("width must be 1..32768 on a live link: width=" + width);
        }
        this.link = Objects.requireNonNull(link, "link");
        this.width = width;
        this.height = height;
    }

    @Override
    public int poll(EventBuffer into, int timeoutMillis) throws IOException {
        Pixels.requirePollable(into, timeoutMillis);
        if (closed) {
            throw new IOException(link.name() + " is closed; open it again");
        }
        if (malformed != null) {
            throw malformed;
        }
        int before = into.size();
        try {
            read(into, timeoutMillis);
        } catch (EventFormatException refused) {
            malformed = refused;
            throw refused;
        }
        int added = into.size() - before;
        return added == 0 && ended ? END : added;
    }

    /** Adds what is there, and waits for the link only while that is nothing. */
    private void read(EventBuffer into, int timeoutMillis) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        int before = into.size();
        boolean expired = false; // even a flood of damaged bytes is read for so long only
        while (!ended && into.room() > 0) {
            if (eventsLeft > 0) {
                decode(into);
            } else if (!nextPacket()) {
                if (expired || into.size() > before) {
                    return;
                }
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                expired = left <= 0;
                if (!receive((int) Math.max(0, left))) {
                    return;
                }
            }
        }
    }

    private boolean receive(int timeoutMillis) throws IOException {
        int count = link.read(incoming, timeoutMillis);
        System.arraycopy(pending, start, pending, 0, end - start);
        end -= start;
        start = 0;
        System.arraycopy(incoming, 0, pending, end, count);
        end += count;
        return count > 0;
    }

    /** Finds the next whole packet and stops at its first event, or finds that more bytes are needed. */
    private boolean nextPacket() {
        while (end - start >= EventPacket.EVENTS_OFFSET) {
            int events = EventPacket.u16(pending, start + EventPacket.COUNT_OFFSET);
            int inverse = EventPacket.u16(pending, start + EventPacket.INVERSE_OFFSET);
            boolean header = EventPacket.u16(pending, start) == EventPacket.SYNC
                    && events <= EventPacket.MAX_EVENTS
                    && (events ^ inverse) == 0xffff;
            if (header && end - start < EventPacket.bytes(events)) {
                return false;
            }
            if (header && EventPacket.isWhole(pending, start, events, crc)) {
                eventsLeft = events;
                micros = EventPacket.u64(pending, start + EventPacket.BASE_OFFSET);
                ended = events == 0;
                advance(EventPacket.EVENTS_OFFSET);
                return true;
            }
            advance(1);
            passedOver++;
        }
        return false;
    }

    private void decode(EventBuffer into) throws EventFormatException {
        int xAndPolarity = EventPacket.u16(pending, start + Short.BYTES);
        int x = xAndPolarity & EventPacket.MAX_X;
        int y = EventPacket.u16(pending, start + 2 * Short.BYTES);
        Pixels.check(link.name(), startOffset, micros, 0, 0, width, height); // before the sum can overflow
        micros += EventPacket.u16(pending, start);
        Pixels.check(link.name(), startOffset, micros, x, y, width, height);
        into.add(micros, x, y, xAndPolarity >> 15);
        eventsLeft--;
        advance(EventPacket.EVENT_BYTES + (eventsLeft == 0 ? Integer.BYTES : 0));
    }

    private void advance(int bytes) {
        start += bytes;
        startOffset += bytes;
    }

    /** Bytes that were no whole packet and were passed over. */
    public long passedOver() {
        return passedOver;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public String name() {
        return link.name();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        link.close();
    }
}
