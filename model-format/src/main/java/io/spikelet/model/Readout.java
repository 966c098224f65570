package io.spikelet.model;

/**
 * How the output layer's values become a class. Output values {@code c·population … (c+1)·population − 1} speak for class
 * c; a tie goes to the lowest class.
 *
 * @param kind what is compared
 * @param classes number of classes
 * @param population output values a class
 * @param exit when a sample may end before its last time step
 */
public record Readout(Kind kind, int classes, int population, Exit exit) {

    /** What is compared. */
    public enum Kind {
        /** The class that fired most over all steps wins; with a population, by their common vote. */
        COUNT,
        /** The class with the largest sum of output values over all steps run wins: accumulated potential. */
        POTENTIAL,
        /** The class that fires first wins; of several in that step, the one with more spikes in it. */
        FIRST_SPIKE
    }

    /**
     * When a sample may end early. A sample ends after step {@code t} (counted from 1) when {@code t == lastStep}, or
     * when {@code t >= patience} and the leading class was ahead of the next by at least {@code margin} at each of the
     * last {@code patience} steps.
     *
     * @param lastStep 1..T, or 0 for T; fixed offline, such as from BNTT's per-step gains
     * @param margin score LSBs, 1 or more; 0 for never
     * @param patience steps in a row, 1 or more
     */
    public record Exit(int lastStep, int margin, int patience) {
        /** Every sample runs all its steps. */
        public static final Exit NEVER = new Exit(0, 0, 1);

        public Exit {
            if (lastStep < 0 || margin < 0 || patience < 1) {
                throw new IllegalArgumentException("an exit has lastStep >= 0, margin >= 0 and patience >= 1: lastStep="
                        + lastStep + " margin=" + margin + " patience=" + patience);
            }
        }
    }

    public Readout {
        if (classes < 1 || population < 1) {
            throw new IllegalArgumentException(
                    "a readout has classes and values: classes=" + classes + " population=" + population);
        }
    }

    /** Counts of spikes, all steps run. */
    public Readout(int classes, int population) {
        this(Kind.COUNT, classes, population, Exit.NEVER);
    }
}
