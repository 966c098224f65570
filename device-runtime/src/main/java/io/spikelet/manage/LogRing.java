package io.spikelet.manage;

import java.util.ArrayList;
import java.util.List;

/** The last records of the agent's own log, for whoever cannot read the journal. Any thread may add. */
public final class LogRing {

    /** Records kept. */
    public static final int CAPACITY = 256;

    /** Of a record's text; the rest is cut. */
    public static final int MAX_TEXT = 240;

    /** How grave, with Newt's numbers. */
    public enum Level {
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    /**
     * A record.
     *
     * @param index counts all records since the start of the process, from 0
     * @param epochMicros since 1970 as far as the board knows
     * @param module what wrote it, one of {@link LogModule}
     */
    public record Entry(long index, long epochMicros, LogModule module, Level level, String text) {}

    private final Entry[] entries = new Entry[CAPACITY];
    private long next;
    private long first;

    public LogRing() {
        // Begins empty.
    }

    /** Adds a record; when the ring is full the oldest goes. */
    public synchronized void add(long epochMicros, LogModule module, Level level, String text) {
        String cut = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
        entries[(int) (next % CAPACITY)] = new Entry(next, epochMicros, module, level, cut);
        next++;
        first = Math.max(first, next - CAPACITY);
    }

    /** The records from an index on that are still kept, oldest first. */
    public synchronized List<Entry> since(long index) {
        List<Entry> found = new ArrayList<>();
        for (long i = Math.max(first, index); i < next; i++) {
            found.add(entries[(int) (i % CAPACITY)]);
        }
        return found;
    }

    /** The index of the next record. */
    public synchronized long nextIndex() {
        return next;
    }

    /** Forgets all records; indices go on. */
    public synchronized void clear() {
        first = next;
        java.util.Arrays.fill(entries, null);
    }
}
