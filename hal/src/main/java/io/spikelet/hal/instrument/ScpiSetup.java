package io.spikelet.hal.instrument;

/**
 * How a multimeter that speaks SCPI measures a board's current.
 *
 * @param way how readings are taken and fetched
 * @param hertz readings a second when it digitises, 1000 to 1,000,000
 * @param nplc how many periods of the mains it integrates over otherwise, 0.0005 to 15
 * @param rangeAmps the largest current that it shall bear, above 0; 0 lets it choose, save when it digitises
 * @param volts of the board's supply, above 0, for it measures the current alone
 */
public record ScpiSetup(Way way, int hertz, double nplc, double rangeAmps, double volts) {
    private static final int LEAST_HERTZ = 1000;
    private static final int MOST_HERTZ = 1_000_000;
    private static final double LEAST_NPLC = 0.0005;
    private static final double MOST_NPLC = 15;

    /** How readings come. */
    public enum Way {
        /** Integrated, into the instrument's buffer, with its own time stamps. */
        INTEGRATED,
        /** Digitised at a fixed rate, into its buffer; a DMM6500, DMM7510 or kin. */
        DIGITISED,
        /** One by one with {@code :READ?}, in this computer's time; for an instrument without such a buffer. */
        POLLED
    }

    /** Checks the ranges. */
    public ScpiSetup {
        if (way == Way.DIGITISED
                ? hertz < LEAST_HERTZ || hertz > MOST_HERTZ
                : !(nplc >= LEAST_NPLC && nplc <= MOST_NPLC)) {
            throw new IllegalArgumentException(
                    "a multimeter digitises at 1 kHz to 1 MHz, or integrates over 0.0005 to 15"
                            + " periods of the mains: hertz=" + hertz + ", nplc=" + nplc);
        }
        if (!(rangeAmps >= 0) || (way == Way.DIGITISED && rangeAmps == 0)) {
            throw new IllegalArgumentException("a range is above 0 A, and one that digitises needs one: " + rangeAmps);
        }
        if (!(volts > 0)) {
            throw new IllegalArgumentException("the supply's volts are above 0: " + volts);
        }
    }
}
