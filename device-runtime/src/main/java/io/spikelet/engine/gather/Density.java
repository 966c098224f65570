package io.spikelet.engine.gather;

/**
 * The measured share of inputs that fire, and whether it is high enough for kernels whose work does not depend on it. The
 * two limits lie apart, so that a layer near one does not change its kernels from sample to sample. Decided between
 * samples; the answer is the same either way.
 */
final class Density {
    /** In 1/256: from 40 % on dense, from 30 % down sparse; measured with {@code spikelet bench engine}. */
    private static final int DENSE = 102;

    private static final int SPARSE = 77;

    private long active;
    private long inputs;
    private boolean dense;

    void add(int fired, int size) {
        active += fired;
        inputs += size;
    }

    /** Takes up what was measured since the last decision. */
    void decide() {
        if (inputs > 0) {
            dense = active * 256 > inputs * (dense ? SPARSE : DENSE);
            active = 0;
            inputs = 0;
        }
    }

    boolean isDense() {
        return dense;
    }
}
