package io.spikelet.hal.instrument;

/**
 * How an Otii supplies the board and measures it.
 *
 * @param device its name or number as its application shows it; empty for the only one there
 * @param volts that it gives, 0.5 to 25
 * @param mostAmps at which it switches the board off, above 0 to 5
 */
public record OtiiSetup(String device, double volts, double mostAmps) {
    private static final double LEAST_VOLTS = 0.5;
    private static final double MOST_VOLTS = 25;
    private static final double MOST_AMPS = 5;

    /** Checks the ranges. */
    public OtiiSetup {
        if (!(volts >= LEAST_VOLTS && volts <= MOST_VOLTS) || !(mostAmps > 0 && mostAmps <= MOST_AMPS)) {
            throw new IllegalArgumentException(
                    "an Otii gives 0.5 to 25 V and at most 5 A: " + volts + " V, " + mostAmps + " A");
        }
    }
}
