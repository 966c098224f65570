package io.spikelet.bench.metrics;

/** How a network learns in a SATA estimate. */
public enum SataLearning {
    /** Backpropagation through time, as SATA has it: spikes and membranes of all T steps are stored and read back. */
    THROUGH_TIME("BPTT"),
    /**
     * OTTT (Xiao et al., NeurIPS 2022, arXiv 2210.04195): a trace a presynaptic value, nothing of earlier steps is read
     * back. Not in SATA; our derivation is in docs/metrics.md.
     */
    ONLINE("OTTT");

    private final String word;

    SataLearning(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
