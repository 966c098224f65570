package io.spikelet.hal.crossbar;

import static io.spikelet.hal.crossbar.CrossbarSetup.within;

/**
 * How a cell is written.
 *
 * @param tolerance how far a cell may be off, as a share of the range of conductances
 * @param pulses writes of a cell at most; it is read after each and written again while it is beyond the tolerance. Each is a
 *     draw from the model's deviation: 1 is the published single write
 * @param remap whether the other cell of a pair makes up for one beyond the tolerance
 * @param volts of a pulse
 * @param seconds of a pulse
 */
public record Writing(double tolerance, int pulses, boolean remap, double volts, double seconds) {
    public Writing {
        within("tolerance", tolerance, 1e-9, 1);
        within("pulses", pulses, 1, 10_000);
        within("write-volts", volts, 0, 100);
        within("write-seconds", seconds, 0, 1);
    }
}
