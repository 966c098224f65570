package io.spikelet.bench.energy;

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
        GAIN("gain of the meter"),
        /** Offset of the meter, within its limits. */
        OFFSET("offset of the meter"),
        /** Steps between readings. */
        RESOLUTION("resolution of the meter"),
        /** The clock that the windows' duration was taken from. */
        CLOCK("clock"),
        /** What changes between samples, and noise of the readings. */
        INTEGRATION("integration and noise"),
        /** Where windows begin and end. */
        BORDERS("window borders"),
        /** Times without samples. */
        GAPS("lost samples"),
        /** Samples that always fall into the same moments of an inference. */
        ALIASING("aliasing"),
        /** The power that was subtracted. */
        IDLE("idle power"),
        /** What differs from window to window beyond the parts above. */
        SCATTER("run to run");

        private final String words;

        Source(String words) {
            this.words = words;
        }

        /** For a table. */
        public String words() {
            return words;
        }
    }
}
