package io.spikelet.learn;

import io.spikelet.fixedpoint.SeededRandom;

/**
 * Random ints that are made once. A row that is rounded begins at a random one and flips random bits of all it takes, so
 * that every weight's own bits are uniform and independent from update to update.
 */
final class RoundingNoise {
    /** Where a row may begin; a power of two. */
    static final int OFFSETS = 1024;

    private static final long SEED = 0x4e4f495345L;

    private RoundingNoise() {}

    /** @param outputs of the widest row */
    static int[] of(int outputs) {
        int[] noise = new int[OFFSETS + outputs - 1];
        SeededRandom random = new SeededRandom(SEED);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (int) random.next(Integer.SIZE);
        }
        return noise;
    }
}
