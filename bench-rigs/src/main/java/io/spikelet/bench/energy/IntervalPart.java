package io.spikelet.bench.energy;

/**
 * How wide the interval of a result would be if nothing but this group of parts were unsure. Widths do not add up to that of
 * the whole: independent errors seldom point the same way all at once.
 *
 * @param group which
 * @param width of the whole interval, from end to end, µJ per inference; 0 when nothing of it was found
 * @param relative the same as a fraction of the value
 */
public record IntervalPart(Group group, double width, double relative) {
    /** Who owes it. */
    public enum Group {
        /** Gain, offset and clock, as promised; and the idle power where that is subtracted. */
        ACCURACY("meter accuracy"),
        /** Steps between readings. */
        RESOLUTION("resolution"),
        /** What lies between samples: changes, noise, losses, beats. */
        INTEGRATION("integration and noise"),
        /** Where windows begin and end. */
        BORDERS("window borders"),
        /** What the board itself does from window to window, beyond what the instruments explain. */
        RUN_TO_RUN("run-to-run scatter");

        private final String words;

        Group(String words) {
            this.words = words;
        }

        /** For a table. */
        public String words() {
            return words;
        }

        /** Whether the board owes it, and a better instrument would not lessen it. */
        public boolean isBoards() {
            return this == RUN_TO_RUN;
        }
    }
}
