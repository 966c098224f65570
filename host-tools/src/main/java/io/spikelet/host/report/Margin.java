package io.spikelet.host.report;

/**
 * How far the largest absolute value of a layer, an accumulator's or a membrane's, stays from leaving 32 bits.
 *
 * @param proved that no input within the declared maxima can exceed
 * @param observed on the samples
 */
public record Margin(long proved, long observed) {
    /** 2^31, which a 32-bit integer must stay below. */
    public static final long LIMIT = 1L << 31;

    /** Bits between the proved bound and the limit: {@code log2(2^31 / proved)}. */
    public double provedBits() {
        return bits(LIMIT, proved);
    }

    /** Bits between what was observed and the limit. */
    public double observedBits() {
        return bits(LIMIT, observed);
    }

    /** Bits by which the proof is more careful than the samples needed. */
    public double unusedBits() {
        return bits(proved, observed);
    }

    private static double bits(long upper, long lower) {
        return Math.log((double) Math.max(1, upper) / Math.max(1, lower)) / Math.log(2);
    }
}
