package io.spikelet.hal;

/** Time, passed in so that tests decide what it is. */
public interface Clock {
    /** Monotonic nanoseconds; only differences mean anything. */
    long nanoTime();

    /** Milliseconds since 1970-01-01T00:00Z as far as the board knows. */
    long epochMillis();

    /**
     * Takes the time from a host.
     *
     * @param epochMillis since 1970
     * @return whether it did; false when this clock keeps its own time
     */
    default boolean tell(long epochMillis) {
        return false;
    }

    static Clock system() {
        return new Clock() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public long epochMillis() {
                return System.currentTimeMillis();
            }
        };
    }
}
