package io.spikelet.hal.events;

import java.io.IOException;

/** What the readers of files share: a feed of bytes, a geometry that every event is held to, an end. */
abstract class RecordedEvents implements EventSource {
    final ByteFeed bytes;
    private final int width;
    private final int height;
    private boolean ended;
    private boolean closed;
    private EventFormatException malformed;

    RecordedEvents(ByteFeed bytes, int width, int height) {
        this.bytes = bytes;
        this.width = width;
        this.height = height;
    }

    /**
     * Reads on by one record, which adds one event or none.
     *
     * @return false at the end
     */
    abstract boolean decode(EventBuffer into) throws IOException;

    /** Adds an event whose bytes began at {@code offset}, once it is known to be one. */
    final void add(EventBuffer into, long micros, int x, int y, int polarity, long offset) throws EventFormatException {
        Pixels.check(bytes.name(), offset, micros, x, y, width, height);
        into.add(micros, x, y, polarity);
    }

    @Override
    public final int poll(EventBuffer into, int timeoutMillis) throws IOException {
        Pixels.requirePollable(into, timeoutMillis);
        if (closed) {
            throw new IOException(name() + " is closed; open it again");
        }
        if (malformed != null) {
            throw malformed;
        }
        int before = into.size();
        try {
            while (!ended && into.room() > 0) {
                ended = !decode(into);
            }
        } catch (EventFormatException refused) {
            malformed = refused;
            throw refused;
        }
        int added = into.size() - before;
        return added == 0 ? END : added;
    }

    @Override
    public final int width() {
        return width;
    }

    @Override
    public final int height() {
        return height;
    }

    @Override
    public final String name() {
        return bytes.name();
    }

    @Override
    public final void close() throws IOException {
        closed = true;
        bytes.close();
    }
}
