package io.spikelet.hal.instrument;

import java.util.concurrent.TimeUnit;

/**
 * Notices a stream that fell behind this computer's clock for good, and so lost what its own counter could not tell.
 * How late the stream is shows whenever all of it was read; the least of two seconds is without the delays of this
 * computer, and clocks drift apart by less than a millisecond meanwhile. Where it is 20 ms more than in the two
 * seconds before, that much is missing.
 */
final class LagWatch {
    static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(2);
    static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private boolean begun;
    private boolean known;
    private long windowEnd;
    private long least;
    private long before;

    /**
     * Tells that all that came was read.
     *
     * @param hostNanos when
     * @param streamNanos the time of the next sample by the stream's own clock
     * @return by how much the stream is behind for good since a call told so last; mostly 0
     */
    long allRead(long hostNanos, long streamNanos) {
        long lag = hostNanos - streamNanos;
        if (!begun) {
            begun = true;
            windowEnd = hostNanos + WINDOW_NANOS;
            least = lag;
        }
        least = Math.min(least, lag);
        if (hostNanos - windowEnd < 0) {
            return 0;
        }
        long step = known ? least - before : 0;
        boolean behind = step >= STEP_NANOS;
        before = behind ? before : least;
        known = true;
        begun = false;
        return behind ? step : 0;
    }
}
