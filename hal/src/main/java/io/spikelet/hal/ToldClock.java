package io.spikelet.hal;

import java.time.Instant;

/**
 * A clock for boards without a battery: while the system's clock is not set, it goes from the time that a host told it.
 * Once the system knows the time, by NTP or otherwise, that holds, and nobody can tell another. Any thread.
 */
public final class ToldClock implements Clock {

    /** A system that says an earlier time, in milliseconds since 1970, does not know it. */
    public static final long SYSTEM_IS_SET_AFTER =
            Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();

    private final Clock system;
    private volatile long aheadMillis;

    public ToldClock(Clock system) {
        this.system = system;
    }

    @Override
    public long nanoTime() {
        return system.nanoTime();
    }

    @Override
    public long epochMillis() {
        long now = system.epochMillis();
        return now >= SYSTEM_IS_SET_AFTER ? now : now + aheadMillis;
    }

    @Override
    public boolean tell(long epochMillis) {
        long now = system.epochMillis();
        if (now >= SYSTEM_IS_SET_AFTER || epochMillis < SYSTEM_IS_SET_AFTER) {
            return false;
        }
        aheadMillis = epochMillis - now;
        return true;
    }
}
