package io.spikelet.bench.adapt;

import java.io.IOException;

/** Told each vector that the adapted network learns, so that another learner can be given the same ones. */
interface Lessons {
    /** Nobody else learns. */
    Lessons UNHEARD = (stage, vectors, offset, label) -> {};

    /** @param stage −1 for what comes before the first one */
    void learned(int stage, byte[] vectors, int offset, int label) throws IOException;
}
