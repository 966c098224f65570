package io.spikelet.adapt;

import io.spikelet.adapt.AdaptationEvent.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Counts events by kind and keeps the last ones. Recording allocates nothing. One thread. */
final class EventHistory {
    /** How many of the last events are kept. */
    static final int KEPT = 32;

    private static final Kind[] KINDS = Kind.values();
    private static final int EVENT_BYTES = 3 * Integer.BYTES + Long.BYTES;

    private final long[] counts = new long[KINDS.length];
    private final int[] kinds = new int[KEPT];
    private final long[] places = new long[KEPT];
    private final int[] values = new int[KEPT];
    private final int[] againsts = new int[KEPT];
    private long recorded;

    void record(Kind kind, long at, int value, int against) {
        int slot = (int) (recorded++ % KEPT);
        counts[kind.ordinal()]++;
        kinds[slot] = kind.ordinal();
        places[slot] = at;
        values[slot] = value;
        againsts[slot] = against;
    }

    long count(Kind kind) {
        return counts[kind.ordinal()];
    }

    /** Events of all kinds since the image became active. */
    long recorded() {
        return recorded;
    }

    /** The last events, oldest first. */
    List<AdaptationEvent> last(int most) {
        List<AdaptationEvent> events = new ArrayList<>();
        for (long n = Math.max(0, recorded - Math.min(most, KEPT)); n < recorded; n++) {
            int slot = (int) (n % KEPT);
            events.add(new AdaptationEvent(n, KINDS[kinds[slot]], places[slot], values[slot], againsts[slot]));
        }
        return events;
    }

    static int savedBytes() {
        return Long.BYTES * (1 + KINDS.length) + KEPT * EVENT_BYTES;
    }

    void save(ByteBuffer into) {
        into.putLong(recorded);
        for (long count : counts) {
            into.putLong(count);
        }
        for (int slot = 0; slot < KEPT; slot++) {
            into.putInt(kinds[slot]).putLong(places[slot]).putInt(values[slot]).putInt(againsts[slot]);
        }
    }

    void restore(ByteBuffer from) {
        recorded = AdaptationCounters.bounded(from.getLong());
        for (int k = 0; k < counts.length; k++) {
            counts[k] = AdaptationCounters.bounded(from.getLong());
        }
        for (int slot = 0; slot < KEPT; slot++) {
            kinds[slot] = Math.floorMod(from.getInt(), KINDS.length);
            places[slot] = from.getLong();
            values[slot] = from.getInt();
            againsts[slot] = from.getInt();
        }
    }

    void clear() {
        recorded = 0;
        Arrays.fill(counts, 0);
    }
}
