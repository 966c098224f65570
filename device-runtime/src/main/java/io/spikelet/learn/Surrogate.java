package io.spikelet.learn;

import io.spikelet.fixedpoint.Q15;

/**
 * The surrogate slope of a spike, {@code ψ(x) = 4·σ(4x)·(1 − σ(4x))} with {@code x} the distance of the membrane from
 * the threshold, in thresholds (equation L3). Cut to 0 beyond |x| = 2, where it is below 0.0014.
 */
final class Surrogate {
    /** Table cells for one threshold's width. */
    private static final int CELLS = 128;

    private static final int REACH = 2 * CELLS;
    private static final int RECIPROCAL_BITS = 40;

    /** (4·128 + 1) Q1.15, for x = −2..2. */
    private static final int[] TABLE = table();

    private Surrogate() {}

    private static int[] table() {
        int[] table = new int[2 * REACH + 1];
        for (int i = 0; i < table.length; i++) {
            double sigmoid = 1 / (1 + StrictMath.exp(-4.0 * (i - REACH) / CELLS));
            table[i] = (int) StrictMath.rint(4 * sigmoid * (1 - sigmoid) * Q15.ONE);
        }
        return table;
    }

    /**
     * What turns a distance in membrane LSBs into table cells by one multiplication.
     *
     * @param threshold membrane LSBs, above 0
     */
    static long reciprocal(int threshold) {
        return (((long) CELLS << RECIPROCAL_BITS) + threshold / 2) / threshold;
    }

    /**
     * ψ, Q1.15.
     *
     * @param distance membrane minus threshold, in membrane LSBs
     * @param reciprocal of the same neuron's threshold
     * @param threshold membrane LSBs
     */
    static int slope(int distance, long reciprocal, int threshold) {
        if (distance > 2L * threshold || distance < -2L * threshold) {
            return 0;
        }
        // |distance| ≤ 2·threshold, so the product stays below 2^49 whatever the threshold.
        int cell = (int) (distance * reciprocal + (1L << RECIPROCAL_BITS - 1) >> RECIPROCAL_BITS);
        return TABLE[Math.clamp(cell + REACH, 0, 2 * REACH)];
    }
}
