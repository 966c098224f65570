package io.spikelet.hal.instrument;

/**
 * Who gives the voltage that a Power Profiler Kit II multiplies its current with.
 *
 * @param sources whether the kit supplies the board itself (source meter); otherwise it lies in another supply's line
 *     (ampere meter)
 * @param millivolts 800 to 5000: what the kit gives, or what the other supply gives
 */
public record Ppk2Supply(boolean sources, int millivolts) {
    private static final int LEAST_MILLIVOLTS = 800;
    private static final int MOST_MILLIVOLTS = 5000;

    /** Checks the range. */
    public Ppk2Supply {
        if (millivolts < LEAST_MILLIVOLTS || millivolts > MOST_MILLIVOLTS) {
            throw new IllegalArgumentException("a Power Profiler Kit II works from 0.8 to 5 V: " + millivolts + " mV");
        }
    }
}
