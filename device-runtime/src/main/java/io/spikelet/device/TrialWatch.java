package io.spikelet.device;

import io.spikelet.hal.Clock;
import java.util.concurrent.TimeUnit;

/**
 * Watches an image that has not proved itself: its self-test at every start, and each inference while it is on trial. What
 * takes too long or fails brings {@link Ending}. Begun and ended by the duty cycle's thread, without an allocation; looked
 * at by a thread of its own, since one that hangs cannot look.
 */
final class TrialWatch implements AutoCloseable {

    /** What becomes of a board whose image hangs or fails. */
    interface Ending {
        /** The duty cycle hangs: only the end of the process helps. On the watch's own thread. */
        void hung(String sentence);

        /** The image on trial failed, and the board still turns. On the duty cycle's thread. */
        void failed(String sentence);
    }

    private static final long NEVER = Long.MAX_VALUE;
    private static final long LOOKS_A_LIMIT = 8;

    private final Clock clock;
    private final long limitNanos;
    private final Ending ending;
    private final Thread thread;
    private volatile String work = "";
    private volatile long begunAt = NEVER;

    /** @param limitMillis how long a self-test, or an inference on trial, may take, 1 or more */
    TrialWatch(Clock clock, long limitMillis, Ending ending) {
        this.clock = clock;
        this.limitNanos = TimeUnit.MILLISECONDS.toNanos(limitMillis);
        this.ending = ending;
        thread = Thread.ofPlatform().daemon().name("trial-watch").start(this::look);
    }

    /** @param what is begun, for a person */
    void begin(String what) {
        work = what;
        begunAt = clock.nanoTime();
    }

    void end() {
        begunAt = NEVER;
    }

    /** What was begun failed by a fault of the image or of the engine. */
    void failed(Throwable fault) {
        end();
        ending.failed(work + " failed: " + fault);
    }

    private void look() {
        try {
            while (true) {
                TimeUnit.NANOSECONDS.sleep(limitNanos / LOOKS_A_LIMIT);
                long begun = begunAt;
                boolean late = begun != NEVER && clock.nanoTime() - begun > limitNanos;
                // Unless it ended while this thread looked at the clock.
                if (late && begunAt == begun) {
                    ending.hung(work + " took longer than " + limitNanos / 1_000_000_000.0 + " s");
                    return;
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nothing is watched any more. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
