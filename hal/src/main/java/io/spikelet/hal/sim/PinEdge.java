package io.spikelet.hal.sim;

import java.util.List;

/**
 * A change of a pin's level.
 *
 * @param nanos true time since the meter's start
 * @param input of the meter, 0..7
 * @param rising whether the level became high
 */
public record PinEdge(long nanos, int input, boolean rising) {
    private static final int INPUTS = 8;

    /** Checks the input. */
    public PinEdge {
        if (input < 0 || input >= INPUTS) {
            throw new IllegalArgumentException("a meter's input is 0..7: " + input);
        }
    }

    /** A pulse that goes low for a microsecond, as a board marks a moment. */
    public static List<PinEdge> lowPulse(long nanos, int input) {
        return List.of(new PinEdge(nanos, input, false), new PinEdge(nanos + 1000, input, true));
    }
}
