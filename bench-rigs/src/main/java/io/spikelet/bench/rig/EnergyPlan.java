package io.spikelet.bench.rig;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * How energy is measured.
 *
 * @param cut how windows are found in the recording
 * @param input of the meter that the measuring pin is wired to; empty tries those that it has
 * @param idleSeconds how long the board is left alone before the windows, to see what it takes then
 * @param subtractIdle whether that is taken off
 */
record EnergyPlan(Cut cut, OptionalInt input, double idleSeconds, boolean subtractIdle) {
    /** A person's choice; AUTO takes edges where the meter saw any, and marks otherwise. */
    enum Cut {
        AUTO,
        EDGES,
        MARKS,
        ALIGNMENT;

        static Cut parse(String word) {
            for (Cut cut : values()) {
                if (cut.word().equals(word)) {
                    return cut;
                }
            }
            throw new IllegalArgumentException("--cut is auto, edges, marks or alignment, not '" + word + "'");
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    EnergyPlan {
        if (input.isPresent() && (input.getAsInt() < 0 || input.getAsInt() > 7)) {
            throw new IllegalArgumentException("--edge-input must be 0..7: " + input.getAsInt());
        }
        if (!(idleSeconds >= 0 && idleSeconds <= 600)) {
            throw new IllegalArgumentException("--idle must be 0..600 seconds: " + idleSeconds);
        }
        if (subtractIdle && idleSeconds == 0) {
            throw new IllegalArgumentException("--subtract-idle needs to see the board idle; give --idle 1 or more");
        }
    }
}
