package io.spikelet.bench.metrics;

/** Parts of an energy report. */
public enum EnergyMode {
    /** Counts by NeuroBench's definitions. */
    NEUROBENCH("neurobench"),
    /** Energy from operations and 45 nm figures. */
    CMOS("45nm"),
    /** Energy by SATA's estimator. */
    SATA("sata");

    private final String word;

    EnergyMode(String word) {
        this.word = word;
    }

    /**
     * @param word as people write it
     * @throws IllegalArgumentException with one sentence for people when there is no such mode
     */
    public static EnergyMode of(String word) {
        for (EnergyMode mode : values()) {
            if (mode.word.equals(word.strip())) {
                return mode;
            }
        }
        throw new IllegalArgumentException("--mode is neurobench, 45nm, sata or several of them, not '" + word + "'");
    }
}
