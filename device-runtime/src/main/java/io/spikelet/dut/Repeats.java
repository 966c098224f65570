package io.spikelet.dut;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Inferences in a row, perhaps with a timestamp before the first and one after the last. What else the board does between
 * slices lies within that time, and is counted.
 */
final class Repeats extends SlicedWork {
    /** Long against what a change to other work costs, short against a watchdog's or a client's patience. */
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final DutSubject subject;

    /** Null for a warm-up. */
    private final Laps laps;

    private long left;
    private boolean begun;
    private volatile long startMicros;
    private volatile boolean started;
    private volatile long endMicros;
    private String results;

    private Repeats(DutSubject subject, long count, Laps laps) {
        this.subject = subject;
        this.left = count;
        this.laps = laps;
    }

    /** @param count 0 or more */
    static Repeats warmup(DutSubject subject, long count) {
        return new Repeats(subject, count, null);
    }

    /** @param count 1 or more */
    static Repeats window(DutSubject subject, long count, Laps laps) {
        return new Repeats(subject, count, laps);
    }

    @Override
    protected boolean slice() throws IOException {
        if (!begun) {
            begun = true;
            if (laps != null) {
                startMicros = laps.strike();
                started = true;
                changed();
            }
        }
        long end = System.nanoTime() + SLICE_NANOS;
        while (left > 0) {
            subject.infer();
            left--;
            if (left > 0 && System.nanoTime() - end >= 0) {
                return true;
            }
        }
        if (laps != null) {
            endMicros = laps.strike();
            results = ScoreText.of(subject.scores(), subject.predicted());
        }
        return false;
    }

    /** Whether the first timestamp is known. */
    boolean hasStarted() {
        return started;
    }

    long startMicros() {
        return startMicros;
    }

    long endMicros() {
        return endMicros;
    }

    /** The last inference's scores, once a window has ended. */
    String results() {
        return results;
    }
}
