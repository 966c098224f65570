package io.spikelet.hal.events;

import java.io.IOException;
import java.util.Objects;

/**
 * Cuts a source's events into windows, by time or by count, without holding a window's events: they go on to a sink as
 * they come. Allocates when it is made and never after. The source stays its owner's to close.
 */
public final class EventWindows {
    /** How a window stands. */
    public enum Cut {
        /** The window is whole, perhaps without an event. */
        FULL,
        /** The source ended inside the window; the sink has what there was. */
        PARTIAL,
        /** A live source gave nothing in time; call again with the same sink. */
        WAITING,
        /** The source ended before the window had an event. */
        END
    }

    private static final int CHUNK_EVENTS = 1024;
    private static final long UNKNOWN = -1;

    private final EventSource source;
    private final long microsAWindow; // 0 when cut by count
    private final int eventsAWindow; // 0 when cut by time
    private final EventBuffer chunk = new EventBuffer(CHUNK_EVENTS);
    private int next;
    private long begin;
    private int taken;
    private long late;

    private EventWindows(EventSource source, long begin, long microsAWindow, int eventsAWindow) {
        this.source = Objects.requireNonNull(source, "source");
        this.begin = begin;
        this.microsAWindow = microsAWindow;
        this.eventsAWindow = eventsAWindow;
    }

    /**
     * Windows of equal time; the first begins with the first event.
     *
     * @param micros length of a window in µs, 1..{@link EventBuffer#MAX_MICROS}
     */
    public static EventWindows everyMicros(EventSource source, long micros) {
        return byTime(source, UNKNOWN, micros);
    }

    /**
     * Windows of equal time: window k has the events with {@code start + k·micros <= t < start + (k+1)·micros}
     * (docs/events.md, F3).
     *
     * @param start when the first window begins, µs, 0..{@link EventBuffer#MAX_MICROS}
     * @param micros length of a window in µs, 1..{@link EventBuffer#MAX_MICROS}
     */
    public static EventWindows everyMicros(EventSource source, long start, long micros) {
        if (start < 0 || start > EventBuffer.MAX_MICROS) {
            throw new IllegalArgumentException("start must be 0..2^52 - 1: start=" + start);
        }
        return byTime(source, start, micros);
    }

    private static EventWindows byTime(EventSource source, long start, long micros) {
        if (micros < 1 || micros > EventBuffer.MAX_MICROS) {
            throw new IllegalArgumentException("micros must be 1..2^52 - 1: micros=" + micros);
        }
        return new EventWindows(source, start, micros, 0);
    }

    /**
     * Windows of an equal number of events: window k has events {@code k·events .. (k+1)·events − 1} in the source's
     * order (docs/events.md, F4).
     *
     * @param events events a window, at least 1
     */
    public static EventWindows everyEvents(EventSource source, int events) {
        if (events < 1) {
            throw new IllegalArgumentException("events must be positive: events=" + events);
        }
        return new EventWindows(source, 0, 0, events);
    }

    /**
     * Gives the events of the window, or of what is still missing of it, to a sink. A window of time is whole when an
     * event at or after its end has come. A gap gives windows without an event, one a call.
     *
     * @param timeoutMillis how long to wait each time that a live source has nothing, not negative
     * @throws IOException as {@link EventSource#poll}
     */
    public Cut next(EventSink into, int timeoutMillis) throws IOException {
        while (true) {
            if (next == chunk.size()) {
                chunk.clear();
                next = 0;
                int added = source.poll(chunk, timeoutMillis);
                if (added == EventSource.END) {
                    Cut cut = taken > 0 ? Cut.PARTIAL : Cut.END;
                    taken = 0;
                    return cut;
                } else if (added == 0) {
                    return Cut.WAITING;
                }
            }
            int from = next;
            boolean full = microsAWindow > 0 ? advanceToTheEnd() : advanceToTheCount();
            if (next > from) {
                into.take(chunk, from, next);
            }
            if (full) {
                taken = 0;
                return Cut.FULL;
            }
            passOverTheLate();
        }
    }

    /** Advances over the chunk's events inside the window, and moves the window on when an event lies behind it. */
    private boolean advanceToTheEnd() {
        if (begin == UNKNOWN) {
            begin = chunk.micros(next);
        }
        long end = begin + microsAWindow;
        while (next < chunk.size() && chunk.micros(next) >= begin && chunk.micros(next) < end) {
            next++;
            taken = 1;
        }
        boolean full = next < chunk.size() && chunk.micros(next) >= end;
        if (full) {
            begin = end;
        }
        return full;
    }

    private boolean advanceToTheCount() {
        int step = Math.min(eventsAWindow - taken, chunk.size() - next);
        next += step;
        taken += step;
        return taken == eventsAWindow;
    }

    private void passOverTheLate() {
        if (microsAWindow > 0) {
            while (next < chunk.size() && chunk.micros(next) < begin) {
                next++;
                late++;
            }
        }
    }

    /** When the window begins that {@link #next} fills, µs; -1 before the first event or when cut by count. */
    public long begin() {
        return microsAWindow > 0 ? begin : UNKNOWN;
    }

    /** Events that came before the start, or after later ones when their window was gone; they are in no window. */
    public long late() {
        return late;
    }
}
