package io.spikelet.model;

/**
 * When burst neurons take spikes back (SpiCalib, Li et al., arXiv 2207.02702; docs/equations.md, N6): a neuron that has been
 * silent for longer than its mean interval and an allowance gives −1 a step, but never more than it gave before.
 *
 * @param allowance time steps beyond the mean interval, 1..{@value #MAX_ALLOWANCE}
 * @param rule what is counted while spikes are held back
 */
public record SpikeCalibration(int allowance, Rule rule) {
    /** As many as a network has time steps at most. */
    public static final int MAX_ALLOWANCE = 4096;

    /** The least that a calibrated neuron gives. */
    public static final int LEAST = -1;

    /** What a neuron's count takes; what would bring it below 0 is held back. */
    public enum Rule {
        /** What the neuron gave. */
        GIVEN,
        /**
         * What was held back too, as the published code has it: a neuron that is silent for long owes spikes, and its next
         * ones are held back until the count is 0 again.
         */
        PUBLISHED
    }

    public SpikeCalibration {
        Requirement.that(
                allowance >= 1 && allowance <= MAX_ALLOWANCE,
                "a calibration allows 1.." + MAX_ALLOWANCE + " steps, not " + allowance);
    }

    /** Counts what neurons gave. */
    public SpikeCalibration(int allowance) {
        this(allowance, Rule.GIVEN);
    }
}
