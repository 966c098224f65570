package io.spikelet.telemetry;

import io.spikelet.hal.Clock;

/** A clock that a test sets. */
final class ManualClock implements Clock {
    static final long NOW = 1_700_000_000_000L;

    private long nanos = 5_000_000_000L;
    private long epoch = NOW;

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public long epochMillis() {
        return epoch;
    }

    /** Time goes by, on both. */
    void pass(long millis) {
        nanos += millis * 1_000_000;
        epoch += millis;
    }

    /** Somebody sets the clock; the monotonic source does not care. */
    void set(long epochMillis) {
        epoch = epochMillis;
    }
}
