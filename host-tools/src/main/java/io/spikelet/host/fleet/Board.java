package io.spikelet.host.fleet;

import java.util.HashMap;
import java.util.Map;

/** One board's present, written by one thread and read by many. */
public final class Board {
    private final BoardId id;
    private final Map<String, MetricValue> values = new HashMap<>();
    private BoardState state = BoardState.STALE;
    private long since;
    private long seen;
    private long clockAhead;
    private long messages;
    private long births;
    private long missing;
    private long rebirths;
    private long version;
    private BoardRow row;
    private long rowVersion = -1;

    Board(BoardId id, long now) {
        this.id = id;
        this.since = now;
    }

    public BoardId id() {
        return id;
    }

    /** A birth, with every metric that the board has; metrics it no longer has are forgotten. */
    public synchronized void born(long now, long sentAt, Map<String, MetricValue> all) {
        values.clear();
        values.putAll(all);
        births++;
        heard(now, sentAt);
        enter(BoardState.ONLINE, now);
    }

    /** Counts a message that carried data. */
    public synchronized void heard(long now, long sentAt) {
        messages++;
        seen = now;
        clockAhead = sentAt == 0 ? clockAhead : sentAt - now;
        version++;
    }

    /** Takes a present value over, unless a younger one is known. */
    public synchronized void set(String metric, MetricValue value) {
        MetricValue known = values.get(metric);
        if (known == null || known.time() <= value.time()) {
            values.put(metric, value);
            version++;
        }
    }

    /** @param now ms since 1970, from when on the board is in that state */
    public synchronized void enter(BoardState next, long now) {
        if (state != next) {
            state = next;
            since = now;
        }
        version++;
    }

    /** Counts messages that were sent and never came. */
    public synchronized void missed(long count) {
        missing += count;
        version++;
    }

    /** Counts a birth that was asked for. */
    public synchronized void askedForBirth() {
        rebirths++;
        version++;
    }

    /** Takes over what a store knows. */
    public synchronized void restore(BoardSnapshot known) {
        state = known.state();
        since = known.since();
        seen = known.seen();
        clockAhead = known.clockAheadMillis();
        messages = known.counts().messages();
        births = known.counts().births();
        missing = known.counts().missing();
        rebirths = known.counts().rebirths();
        values.clear();
        values.putAll(known.values());
        version++;
    }

    public synchronized BoardState state() {
        return state;
    }

    /** Grows with each change. */
    public synchronized long version() {
        return version;
    }

    public synchronized BoardSnapshot snapshot() {
        return new BoardSnapshot(
                id,
                state,
                since,
                seen,
                new BoardSnapshot.Counts(messages, births, missing, rebirths),
                clockAhead,
                values);
    }

    /** The figures of the fleet's table. */
    public synchronized BoardRow row() {
        if (rowVersion != version) {
            row = BoardRow.of(id, state, since, seen, messages, missing, values);
            rowVersion = version;
        }
        return row;
    }
}
