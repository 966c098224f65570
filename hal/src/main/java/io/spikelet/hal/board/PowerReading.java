package io.spikelet.hal.board;

/**
 * What a meter of power reads at a moment.
 *
 * @param watts below 0 when current flows back
 * @param volts at the load; NaN when the meter tells power alone, or several loads in sum
 * @param amps NaN likewise
 */
public record PowerReading(double watts, double volts, double amps) {
    /** From a meter of both voltage and current. */
    public static PowerReading of(double volts, double amps) {
        return new PowerReading(volts * amps, volts, amps);
    }

    /** From a meter of power alone. */
    public static PowerReading ofPower(double watts) {
        return new PowerReading(watts, Double.NaN, Double.NaN);
    }
}
