package io.spikelet.adapt;

import java.util.Locale;

/**
 * One thing that happened to an adapting model.
 *
 * @param number of the event since the image became active, from 0
 * @param at labelled samples taken when it happened
 * @param value as the kind says, accuracies in 1/10000
 * @param against what the value was held against, as the kind says
 */
public record AdaptationEvent(long number, Kind kind, long at, int value, int against) {

    /** What can happen. The wire and the checkpoint carry the ordinal, so a new kind goes to the end. */
    public enum Kind {
        /** The candidate serves: its accuracy on the guard set, and the image's own. */
        PROMOTED("promoted", true),
        /** The candidate failed on the guard set and is again the served model: its accuracy, and the image's own. */
        ROLLED_BACK("rolled back", true),
        /** The candidate was worse than the served model on recent labels, and goes on: its accuracy, and theirs. */
        HELD("held", true),
        /** A candidate's layer changed more than it may: the mean change, and the budget, in 1/256 weight LSB. */
        BUDGET_SPENT("rolled back: change beyond budget", false),
        /** The served model failed on a changed guard set and is the image's own again: its accuracy, and the image's. */
        SERVED_ROLLED_BACK("served model back to the image", true),
        /** The same input came again and again: inputs in a row; nothing of them is learned. */
        REFUSED_STUCK_INPUT("refused a stuck input", false),
        /** One class rules the labels: the class, and its share in 1/10000; learned from the replay memory only. */
        CLASS_IMBALANCE("one class only", false),
        /** Answers differ from the reference: the statistic, a layer or the margin (−1), and the direction, 1 or −1. */
        DRIFT("drift", false),
        /** Statistics stay within bounds again. */
        DRIFT_ENDED("drift ended", false),
        /** Too few guard samples to promote anything: how many there are, and how many it takes. */
        NO_GUARD("no guard set", false),
        /** The guard set was changed from outside: samples now. */
        GUARD_CHANGED("guard set changed", false),
        /** A person took the candidate back to the served model. */
        TOLD_TO_ROLL_BACK("told to roll back", false),
        /** All that was learned was dropped. */
        FORGOTTEN("forgotten", false),
        /** A start found a checkpoint: the most samples that may have been lost. */
        RESTORED("restored", false),
        /** A start found that what was stored cannot be used. */
        NOT_RESTORED("not restored", false),
        /** The image's own answers agree with too little of the guard set: their share, and the least. Nothing is promoted. */
        NO_GROUND("no ground to judge on", true);

        private final String words;
        private final boolean comparesAccuracies;

        Kind(String words, boolean comparesAccuracies) {
            this.words = words;
            this.comparesAccuracies = comparesAccuracies;
        }

        /** The kind in words that stand after "at sample n:". */
        public String words() {
            return words;
        }
    }

    /** One line for a person. */
    public String sentence() {
        String what = kind.comparesAccuracies
                ? String.format(Locale.ROOT, "%s (%.2f %% against %.2f %%)", kind.words, value / 100.0, against / 100.0)
                : kind.words + " (" + value + ", " + against + ")";
        return "at sample " + at + ": " + what;
    }
}
