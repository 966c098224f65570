package io.spikelet.bench.rig;

import java.util.Locale;

/** What a run can find out, in the order in which it does. */
enum Mode {
    ACCURACY,
    PERFORMANCE,
    ENERGY;

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException with a sentence for the person who wrote it
     */
    static Mode parse(String word) {
        for (Mode mode : values()) {
            if (mode.word().equals(word)) {
                return mode;
            }
        }
        throw new IllegalArgumentException(
                "--mode is accuracy, performance or energy, several by commas, not '" + word + "'");
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
