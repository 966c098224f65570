package io.spikelet.device;

import java.util.random.RandomGenerator;

/** How long to wait before the next try: doubling, bounded, and jittered so that a fleet does not return as one. */
final class Backoff {
    static final long FIRST_MILLIS = 250;
    static final long LONGEST_MILLIS = 30_000;

    private final RandomGenerator random;
    private long bound = FIRST_MILLIS;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** Half the bound to the whole of it. */
    long nextMillis() {
        long wait = bound / 2 + random.nextLong(bound / 2 + 1);
        bound = Math.min(LONGEST_MILLIS, bound * 2);
        return wait;
    }

    /** After a success. */
    void clear() {
        bound = FIRST_MILLIS;
    }
}
