package io.spikelet.bench.energy;

import io.spikelet.bench.energy.IntervalPart.Group;

/**
 * One line of the table of uncertainties (GUM, JCGM 100:2008, H.1), in micro-joules per inference.
 *
 * @param source what it comes from
 * @param standard standard uncertainty of the result by this part alone
 * @param degrees of freedom; infinite where limits are known
 * @param common whether it is the same in all windows, so that more of them do not lessen it
 * @param share of the whole variance, 0 to 1
 */
public record BudgetPart(Source source, double standard, double degrees, boolean common, double share) {
    /** What makes a result unsure. */
    public enum Source {
        /** Gain error of the meter, within its limits. */
        GAIN("gain of the meter", Group.ACCURACY),
        /** Offset of the meter, within its limits. */
        OFFSET("offset of the meter", Group.ACCURACY),
        /** Steps between readings. */
        RESOLUTION("resolution of the meter", Group.RESOLUTION),
        /** The clock that the windows' duration was taken from. */
        CLOCK("clock", Group.ACCURACY),
        /** What changes between samples, and noise of the readings. */
        INTEGRATION("integration and noise", Group.INTEGRATION),
        /** Where windows begin and end. */
        BORDERS("window borders", Group.BORDERS),
        /** Times without samples. */
        GAPS("lost samples", Group.INTEGRATION),
        /** Samples that always fall into the same moments of an inference. */
        ALIASING("aliasing", Group.INTEGRATION),
        /** The power that was subtracted. */
        IDLE("idle power", Group.ACCURACY),
        /** What differs from window to window beyond the parts above. */
        SCATTER("run to run", Group.RUN_TO_RUN);

        private final String words;
        private final Group group;

        Source(String words, Group group) {
            this.words = words;
            this.group = group;
        }

        /** Under which name it is summed up beside the interval. */
        public Group group() {
            return group;
        }

        /** For a table. */
        public String words() {
            return words;
        }
    }
}
