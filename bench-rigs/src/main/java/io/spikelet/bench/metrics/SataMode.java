package io.spikelet.bench.metrics;

/** Whose arithmetic a SATA estimate follows. */
public enum SataMode {
    /**
     * The published script's: a linear layer's forward work replaces that of all layers before and knows no sparsity, and the
     * output layer is left out.
     */
    COMPAT,
    /** The paper's formulas for every layer; values that are no spikes are multiplied. */
    CORRECTED;

    /**
     * @param word as people write it
     * @throws IllegalArgumentException with one sentence for people when there is no such mode
     */
    public static SataMode of(String word) {
        return switch (word) {
            case "compat" -> COMPAT;
            case "corrected" -> CORRECTED;
            default -> throw new IllegalArgumentException("--sata is compat or corrected, not '" + word + "'");
        };
    }

    /** As people write it. */
    public String word() {
        return this == COMPAT ? "compat" : "corrected";
    }
}
