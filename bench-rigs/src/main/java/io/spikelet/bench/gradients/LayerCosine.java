package io.spikelet.bench.gradients;

/**
 * One layer's updates under one rule beside those in double.
 *
 * @param wiring of the network
 * @param rule that learned
 * @param layer its name
 * @param samples of which updates are not all 0
 * @param cosine of the updates of all samples, one after the other
 * @param mean of the samples' own cosines
 * @param least of them
 */
record LayerCosine(String wiring, String rule, String layer, int samples, double cosine, double mean, double least) {
    /** What the direction of an integer update must be at least. */
    static final double FLOOR = 0.98;

    boolean holds() {
        return cosine >= FLOOR && mean >= FLOOR;
    }
}
