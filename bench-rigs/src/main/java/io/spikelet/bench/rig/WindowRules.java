package io.spikelet.bench.rig;

/**
 * How windows are made. The rules of MLPerf Tiny ask for five of at least ten seconds each; anything less is for trying a
 * bench out, and named in the result.
 *
 * @param windows 1..100
 * @param seconds the least that one lasts, above 0, up to 600
 * @param warmups inferences before each, 0 or more
 * @param scatter the most that windows may lie apart, greatest less least over the median, as a fraction
 */
record WindowRules(int windows, double seconds, int warmups, double scatter) {
    static final int RULED_WINDOWS = 5;
    static final double RULED_SECONDS = 10;

    WindowRules {
        if (windows < 1 || windows > 100) {
            throw new IllegalArgumentException("--windows must be 1..100; the rules ask for 5: " + windows);
        }
        if (!(seconds > 0 && seconds <= 600)) {
            throw new IllegalArgumentException(
                    "--seconds must be above 0 and at most 600; the rules ask for 10 or more: " + seconds);
        }
        if (warmups < 0) {
            throw new IllegalArgumentException("--warmups must be 0 or more: " + warmups);
        }
        if (!(scatter > 0)) {
            throw new IllegalArgumentException("--scatter must be above 0, in percent: " + 100 * scatter);
        }
    }

    /** Whether a run under them is one by the rules. */
    boolean ruled() {
        return windows == RULED_WINDOWS && seconds >= RULED_SECONDS;
    }

    /** Why it is not, or that it is, for a person. */
    String sentence() {
        return ruled()
                ? "five windows of at least 10 s each, as the rules of MLPerf Tiny ask"
                : "NOT by the rules of MLPerf Tiny, which ask for five windows of at least 10 s: " + windows
                        + " of at least " + seconds + " s";
    }
}
