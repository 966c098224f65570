package io.spikelet.hal.events;

import java.util.Arrays;
import java.util.Objects;

/**
 * Events in primitive arrays, side by side. Grows as events come, up to its limit; once it has grown, filling and
 * clearing it allocate nothing.
 */
public final class EventBuffer implements EventSink {
    /** The latest time an event may have: 142 years in µs, so that no sum of two times overflows. */
    public static final long MAX_MICROS = (1L << 52) - 1;

    /** The largest limit: 2^26 events are 832 MiB. */
    public static final int MAX_LIMIT = 1 << 26;

    private static final int FIRST_CAPACITY = 1024;
    private static final int SIDE = 1 << 16;

    private final int limit;
    private long[] micros;
    private short[] x;
    private short[] y;
    private byte[] polarity;
    private int size;

    /**
     * An empty buffer.
     *
     * @param limit how many events it may hold, 1..{@link #MAX_LIMIT}
     */
    public EventBuffer(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1.." + MAX_LIMIT + ": limit=" + limit);
        }
        this.limit = limit;
        int capacity = Math.min(limit, FIRST_CAPACITY);
        micros = new long[capacity];
        x = new short[capacity];
        y = new short[capacity];
        polarity = new byte[capacity];
    }

    /**
     * Adds one event.
     *
     * @param micros time in µs, 0..{@link #MAX_MICROS}
     * @param column x, 0..65535 from the left
     * @param row y, 0..65535 from the top
     * @param polarity 1 brighter (ON), 0 darker (OFF)
     */
    public void add(long micros, int column, int row, int polarity) {
        if (micros < 0 || micros > MAX_MICROS) {
            throw new IllegalArgumentException("micros must be 0..2^52 - 1: micros=" + micros);
        }
        if (column < 0 || column >= SIDE || row < 0 || row >= SIDE) {
            throw new IllegalArgumentException("x and y must be 0..65535: x=" + column + ", y=" + row);
        }
        if (polarity != 0 && polarity != 1) {
            throw new IllegalArgumentException("polarity must be 0 or 1: polarity=" + polarity);
        }
        makeRoom(1);
        this.micros[size] = micros;
        x[size] = (short) column;
        y[size] = (short) row;
        this.polarity[size] = (byte) polarity;
        size++;
    }

    /** Appends a copy of another buffer's events. */
    @Override
    public void take(EventBuffer events, int from, int to) {
        Objects.checkFromToIndex(from, to, events.size);
        int count = to - from;
        makeRoom(count);
        System.arraycopy(events.micros, from, micros, size, count);
        System.arraycopy(events.x, from, x, size, count);
        System.arraycopy(events.y, from, y, size, count);
        System.arraycopy(events.polarity, from, polarity, size, count);
        size += count;
    }

    private void makeRoom(int count) {
        if (count > room()) {
            throw new IllegalArgumentException(
                    "the buffer holds " + size + " of at most " + limit + " events and has no room for " + count);
        }
        if (size + count > micros.length) {
            int capacity = (int) Math.min(limit, Math.max(2L * micros.length, size + count));
            micros = Arrays.copyOf(micros, capacity);
            x = Arrays.copyOf(x, capacity);
            y = Arrays.copyOf(y, capacity);
            polarity = Arrays.copyOf(polarity, capacity);
        }
    }

    /** Forgets all events and keeps the arrays. */
    public void clear() {
        size = 0;
    }

    /** How many events it holds. */
    public int size() {
        return size;
    }

    /** How many more it may hold. */
    public int room() {
        return limit - size;
    }

    /** The time of an event in µs. */
    public long micros(int event) {
        return micros[Objects.checkIndex(event, size)];
    }

    /** The column of an event, 0..65535. */
    public int x(int event) {
        return x[Objects.checkIndex(event, size)] & 0xffff;
    }

    /** The row of an event, 0..65535. */
    public int y(int event) {
        return y[Objects.checkIndex(event, size)] & 0xffff;
    }

    /** 1 when the pixel of an event became brighter, else 0. */
    public int polarity(int event) {
        return polarity[Objects.checkIndex(event, size)];
    }
}
