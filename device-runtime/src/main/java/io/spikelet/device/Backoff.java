package io.spikelet.device;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: anything up to a bound that doubles ("full jitter"), so that a fleet whose broker
 * comes back does not return as one.
 */
final class Backoff {
    static final long FIRST_MILLIS = 250;
    static final long LONGEST_MILLIS = 30_000;

    private final RandomGenerator random;
    private final long longest;
    private long bound = FIRST_MILLIS;

    /** @param longest the highest bound, in milliseconds */
    Backoff(RandomGenerator random, long longest) {
        this.random = random;
        this.longest = longest;
    }

    /** 1 to the bound, each as likely. */
    long nextMillis() {
        long wait = 1 + random.nextLong(bound);
        bound = Math.min(longest, bound * 2);
        return wait;
    }

    /** After a success. */
    void clear() {
        bound = FIRST_MILLIS;
    }
}
