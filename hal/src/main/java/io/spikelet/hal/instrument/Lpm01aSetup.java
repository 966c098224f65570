package io.spikelet.hal.instrument;

/**
 * How an LPM01A measures.
 *
 * @param binary whether samples come as two bytes instead of nine characters; needed above 10 kHz. Text carries four
 *     digits of each, bytes between 8 and 12 bits
 * @param energy whether a sample is the energy since the one before, from which the mean power follows; otherwise it is a
 *     moment's current
 * @param hertz samples a second: 1, 2 or 5 times a power of ten, 1 to 100,000
 * @param millivolts that it gives the board, 1800 to 3300
 */
public record Lpm01aSetup(boolean binary, boolean energy, int hertz, int millivolts) {
    private static final int MOST_HERTZ = 100_000;
    private static final int MOST_HERTZ_IN_TEXT = 10_000;
    private static final int LEAST_MILLIVOLTS = 1800;
    private static final int MOST_MILLIVOLTS = 3300;
    private static final int THOUSAND = 1000;

    /** Checks the ranges. */
    public Lpm01aSetup {
        int first = hertz;
        while (first >= 10 && first % 10 == 0) {
            first /= 10;
        }
        if ((first != 1 && first != 2 && first != 5) || hertz > MOST_HERTZ) {
            throw new IllegalArgumentException(
                    "an LPM01A samples at 1, 2 or 5 times a power of ten, 1 Hz to 100 kHz: " + hertz + " Hz");
        }
        if (!binary && hertz > MOST_HERTZ_IN_TEXT) {
            throw new IllegalArgumentException(
                    "an LPM01A sends text up to 10 kHz; choose the binary format for " + hertz + " Hz");
        }
        if (millivolts < LEAST_MILLIVOLTS || millivolts > MOST_MILLIVOLTS) {
            throw new IllegalArgumentException("an LPM01A gives 1.8 to 3.3 V: " + millivolts + " mV");
        }
    }

    /** The rate as its command wants it, {@code 50} or {@code 10k}. */
    String rate() {
        return hertz < THOUSAND ? "" + hertz : hertz / THOUSAND + "k";
    }
}
