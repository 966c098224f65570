package io.spikelet.hal.board;

/**
 * The resistor that a meter's current flows through.
 *
 * @param microohms 1..10,000,000; boards that are sold carry 100,000 (0.1 ohm) or 10,000
 */
public record Shunt(int microohms) {
    private static final int LARGEST = 10_000_000;
    private static final double MICRO = 1e-6;
    private static final double MILLI = 1e-3;
    private static final int NANOWATTS_PER_MICROWATT = 1_000;

    /** @throws IllegalArgumentException when it is out of range */
    public Shunt {
        if (microohms < 1 || microohms > LARGEST) {
            throw new IllegalArgumentException("a shunt has 1.." + LARGEST + " microohms: " + microohms);
        }
    }

    /**
     * Microwatts of a load behind the shunt, rounded toward zero.
     *
     * @param shuntNanovolts across the resistor, at most 400 mV either way
     * @param busMicrovolts at the load, at most 40 V
     */
    long microwatts(long shuntNanovolts, long busMicrovolts) {
        // nV * µV / µohm = nW; 4e8 * 4e7 fits into 63 bits.
        return shuntNanovolts * busMicrovolts / microohms / NANOWATTS_PER_MICROWATT;
    }

    /** The same voltages as a reading, not rounded. */
    PowerReading reading(long shuntNanovolts, long busMicrovolts) {
        return PowerReading.of(busMicrovolts * MICRO, shuntNanovolts * MILLI / microohms);
    }
}
