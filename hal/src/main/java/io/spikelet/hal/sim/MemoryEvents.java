package io.spikelet.hal.sim;

import io.spikelet.hal.events.EventBuffer;
import io.spikelet.hal.events.EventSource;
import java.io.IOException;

/** A sensor in memory: gives the events of a buffer once, in order. */
public final class MemoryEvents implements EventSource {
    private final EventBuffer events;
    private final int width;
    private final int height;
    private int next;
    private boolean closed;

    /**
     * A sensor that has seen these events; the buffer must not change meanwhile.
     *
     * @param width columns, 1..65536, above every x
     * @param height rows, 1..65536, above every y
     */
    public MemoryEvents(EventBuffer events, int width, int height) {
        for (int i = 0; i < events.size(); i++) {
            if (events.x(i) >= width || events.y(i) >= height) {
                throw new IllegalArgumentException("event " + i + " at x=" + events.x(i) + ", y=" + events.y(i)
                        + " lies outside width=" + width + ", height=" + height);
            }
        }
        this.events = events;
        this.width = width;
        this.height = height;
    }

    @Override
    public int poll(EventBuffer into, int timeoutMillis) throws IOException {
        if (into.room() == 0 || timeoutMillis < 0) {
            throw new IllegalArgumentException("into must have room and timeoutMillis must not be negative: room="
                    + into.room() + ", timeoutMillis=" + timeoutMillis);
        }
        if (closed) {
            throw new IOException(name() + " is closed; open it again");
        }
        if (next == events.size()) {
            return END;
        }
        int count = Math.min(into.room(), events.size() - next);
        into.take(events, next, next + count);
        next += count;
        return count;
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
        return "memory:events";
    }

    @Override
    public void close() {
        closed = true;
    }
}
