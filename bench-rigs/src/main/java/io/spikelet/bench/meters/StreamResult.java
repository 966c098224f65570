package io.spikelet.bench.meters;

/**
 * What one stream came to.
 *
 * @param seconds of true time
 * @param decoded samples that were read
 * @param lost samples that the meter counted as lost
 * @param broken words or lines that the meter counted as damaged
 * @param edges of the digital inputs
 * @param cores that the reading thread kept busy, 1 for one core
 * @param heapKibibytes most that lay on this process's heap during the steady state
 * @param bytesPerSample allocated by the reading thread in the steady state
 */
record StreamResult(
        double seconds,
        long decoded,
        long lost,
        long broken,
        long edges,
        double cores,
        long heapKibibytes,
        double bytesPerSample) {
    /** Now and then the virtual machine allocates for its own ends in any thread, some hundred bytes in all. */
    private static final double MOST_BYTES_PER_SAMPLE = 0.001;

    /** Whether nothing was lost or damaged, and nothing allocated. */
    boolean holds() {
        return lost == 0 && broken == 0 && bytesPerSample <= MOST_BYTES_PER_SAMPLE;
    }

    /** Samples that the meter knows of. */
    long told() {
        return decoded + lost + broken;
    }
}
