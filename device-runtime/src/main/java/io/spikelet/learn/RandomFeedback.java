package io.spikelet.learn;

/**
 * The error at each neuron of a layer from the output's alone, through fixed random weights that are computed and not stored
 * (equation L9; Nøkland, Direct Feedback Alignment, NeurIPS 2016).
 */
final class RandomFeedback {
    private static final long SEED = 0x4645454442414b43L;
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;
    private static final int WEIGHT_BITS = 7;

    private final long start;

    RandomFeedback(int layer) {
        start = mixed(SEED + layer);
    }

    /**
     * @param output (outputs) Q1.15
     * @param to (neurons) Q.15
     */
    void send(int[] output, long[] to) {
        for (int n = 0; n < to.length; n++) {
            long sum = 0;
            for (int c = 0; c < output.length; c++) {
                sum += (long) weight(n, c, output.length) * output[c];
            }
            to[n] = sum + (1 << WEIGHT_BITS - 1) >> WEIGHT_BITS;
        }
    }

    /** −128..127, of which 128 is 1.0. */
    byte weight(int neuron, int output, int outputs) {
        return (byte) (mixed(start + ((long) neuron * outputs + output) * GOLDEN) >>> 32);
    }

    /** The finaliser of splitmix64 (Steele, Lea, Flood, OOPSLA 2014). */
    private static long mixed(long of) {
        long z = (of ^ of >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
