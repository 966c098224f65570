package io.spikelet.hal.sim;

import io.spikelet.hal.Clock;
import io.spikelet.hal.board.Watchdog;
import java.util.concurrent.TimeUnit;

/** A watchdog that restarts nothing and says whether it would have. */
public final class SimWatchdog implements Watchdog {
    private final Clock clock;
    private final long timeoutMillis;
    private long fedAt;
    private long feedings;
    private boolean stopped;

    /** @param timeoutMillis how long it waits */
    public SimWatchdog(Clock clock, long timeoutMillis) {
        this.clock = clock;
        this.timeoutMillis = timeoutMillis;
        this.fedAt = clock.nanoTime();
    }

    @Override
    public synchronized void feed() {
        fedAt = clock.nanoTime();
        feedings++;
    }

    /** How often it was fed. */
    public synchronized long feedings() {
        return feedings;
    }

    /** Whether the board would start anew now. */
    public synchronized boolean bites() {
        return !stopped && clock.nanoTime() - fedAt > TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    }

    /** Whether it was stopped in order. */
    public synchronized boolean isStopped() {
        return stopped;
    }

    @Override
    public long timeoutMillis() {
        return timeoutMillis;
    }

    @Override
    public String name() {
        return "simulated watchdog";
    }

    @Override
    public synchronized void close() {
        stopped = true;
    }
}
