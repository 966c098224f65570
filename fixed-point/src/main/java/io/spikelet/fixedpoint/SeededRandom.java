package io.spikelet.fixedpoint;

/**
 * Marsaglia's 64-bit xorshift generator (Xorshift RNGs, J. Stat. Softw. 8(14), 2003; shifts 13, 7, 17): the same
 * numbers on every processor, its whole state one {@code long} that can be stored.
 */
public final class SeededRandom {
    private long state;

    /** @param seed any value; 0, which xorshift cannot leave, is replaced by a fixed odd constant */
    public SeededRandom(long seed) {
        restore(seed);
    }

    /** Continues from a stored state. */
    public void restore(long stored) {
        state = stored == 0 ? 0x9e3779b97f4a7c15L : stored;
    }

    public long state() {
        return state;
    }

    /** The next {@code bits} random bits, 1..63, as a non-negative number. */
    public long next(int bits) {
        long x = state;
        x ^= x << 13;
        x ^= x >>> 7;
        x ^= x << 17;
        state = x;
        return x >>> Long.SIZE - bits;
    }

    /**
     * {@code value / 2^shift}, rounded up or down at random so that the mean is exact (stochastic rounding).
     *
     * @param shift 1..62
     */
    public long roundedShift(long value, int shift) {
        return value + next(shift) >> shift;
    }
}
