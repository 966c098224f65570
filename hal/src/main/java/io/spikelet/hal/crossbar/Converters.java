package io.spikelet.hal.crossbar;

import static io.spikelet.hal.crossbar.CrossbarSetup.within;

/**
 * What stands at the rows and columns.
 *
 * @param dac bits of an input value, 1..16: 1 for spikes alone
 * @param adc bits of a column's value, sign included, 2..24; 0 for a converter without steps or range
 * @param range share of the values seen in calibration that its range must hold, above 0 to 1; what is beyond is clamped
 * @param volts of the largest input
 * @param seconds of a read
 */
public record Converters(int dac, int adc, double range, double volts, double seconds) {
    public Converters {
        within("dac", dac, 1, 16);
        within("adc", adc, 0, 24);
        if (adc == 1) {
            throw new IllegalArgumentException("crossbar setup: adc must be 2 to 24 bits, or 0 for none: adc=1");
        }
        within("range", range, 1e-3, 1);
        within("read-volts", volts, 1e-6, 100);
        within("read-seconds", seconds, 1e-12, 1);
    }
}
