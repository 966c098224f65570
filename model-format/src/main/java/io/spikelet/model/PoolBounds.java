package io.spikelet.model;

/** What pools give, from what they read. */
final class PoolBounds {
    private PoolBounds() {}

    /**
     * A sum grows with the window; an average, a maximum and a minimum lie between their inputs, 0 counted for padding.
     *
     * <p>A loss-free pool gives {@code M(t) − M(t − 1)} with {@code M(t) = max_i Σ_{s ≤ t} in_i[s]}. From one step to
     * the next each sum moves by at most the source's range, so their maximum does: the input that leads at t had no
     * more than M(t − 1) before, and the one that led at t − 1 is no more than M(t) now. So it stays within its
     * source's range, whatever T is.
     */
    static Range output(Pool2d pool, Range source) {
        return switch (pool.kind()) {
            case SUM -> windowSum(pool, source);
            case AVERAGE, MAX, MIN, LOSS_FREE -> source;
        };
    }

    /** The sum of a window, which an average takes too before it divides. */
    static Range windowSum(Pool2d pool, Range source) {
        return source.times((long) pool.kernelHeight() * pool.kernelWidth());
    }

    /** The largest count that a loss-free pool keeps of one input. */
    static long countMaximum(Range source, int timeSteps) {
        return source.times(timeSteps).magnitude();
    }
}
