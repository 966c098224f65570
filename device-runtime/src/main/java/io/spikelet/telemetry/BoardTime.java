package io.spikelet.telemetry;

import io.spikelet.hal.Clock;
import java.util.HashMap;
import java.util.Map;

/**
 * Timestamps on a board whose clock may not be set yet, or may be set while it runs. Time since the start of the process
 * is measured by the monotonic source; the clock says only what to add to it. One thread.
 *
 * <ul>
 *   <li>A clock before 2020 is not set. Until it is, stamps count from the start, and calendar times are guesses that
 *       continue from the latest time that the board is sure to have passed.
 *   <li>Once it is set, stamps are calendar times. What was stamped before is corrected when it is sent.
 *   <li>A clock that is set forward is followed at once. One that is set back is not: time goes on at half its pace until
 *       the clock has caught up, so that calendar times of stamps only rise.
 * </ul>
 */
final class BoardTime {
    /** 2020-01-01T00:00Z: no board with this runtime was on before. */
    static final long EARLIEST_MILLIS = 1_577_836_800_000L;

    /** A difference below this is the clock being steered, not set. */
    static final long STEP_MILLIS = 1000;

    private static final long NANOS_A_MILLI = 1_000_000;

    private final Clock clock;
    private final long startNanos;
    private final Map<Integer, RecordCodec.Anchor> starts = new HashMap<>();
    private boolean known;
    private long floor = EARLIEST_MILLIS;
    private long offset;
    private long steps;
    private long last;
    private boolean held;
    private long heldAt;
    private long heldClock;

    BoardTime(Clock clock) {
        this.clock = clock;
        startNanos = clock.nanoTime();
    }

    /** The board is sure to be past this calendar time. */
    void atLeast(long epochMillis) {
        floor = Math.max(floor, epochMillis);
        last = Math.max(last, epochMillis);
    }

    /** A start of the board was then. */
    void anchor(RecordCodec.Anchor anchor) {
        starts.put(anchor.start(), anchor);
    }

    /**
     * Looks at the clock.
     *
     * @return whether it has become known by this look
     */
    boolean look() {
        long now = clock.epochMillis();
        if (now < EARLIEST_MILLIS) {
            return false;
        }
        long seen = now - ticks();
        boolean became = !known;
        if (known && Math.abs(seen - offset) >= STEP_MILLIS) {
            steps++;
        }
        offset = seen;
        known = true;
        return became;
    }

    boolean isKnown() {
        return known;
    }

    /** How often the clock was set by {@link #STEP_MILLIS} or more while it was known. */
    long steps() {
        return steps;
    }

    /** Calendar time of the start of this process; only once the clock is known. */
    long startMillis() {
        return Math.max(0, offset);
    }

    /** For a record made now. */
    Stamp stamp(int start) {
        return known ? new Stamp(start, true, rising(ticks() + offset)) : new Stamp(start, false, ticks());
    }

    /** For a message made now: never before one of {@link #stamp}. */
    long epochMillis() {
        return rising(known ? ticks() + offset : floor + ticks());
    }

    /** The calendar time of a stamp, as well as it is known now. */
    long epochMillis(Stamp stamp, int thisStart) {
        if (stamp.calendar()) {
            return stamp.millis();
        }
        RecordCodec.Anchor anchor = starts.get(stamp.start());
        if (anchor != null) {
            return anchor.epochMillis() + stamp.millis();
        }
        return (known && stamp.start() == thisStart ? offset : floor) + stamp.millis();
    }

    /** Whether a stamp's calendar time is a guess. */
    boolean isGuess(Stamp stamp, int thisStart) {
        RecordCodec.Anchor anchor = starts.get(stamp.start());
        boolean dated = anchor != null ? !anchor.guess() : known && stamp.start() == thisStart;
        return !stamp.calendar() && !dated;
    }

    private long ticks() {
        return (clock.nanoTime() - startNanos) / NANOS_A_MILLI;
    }

    private long rising(long told) {
        if (held || told < last) {
            if (!held || told < heldClock) {
                held = true;
                heldAt = last;
                heldClock = told;
            }
            long slow = heldAt + (told - heldClock) / 2;
            held = told < slow;
            last = Math.max(last, held ? slow : told);
        } else {
            last = told;
        }
        return last;
    }
}
