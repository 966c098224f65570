package io.spikelet.hal.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class Ppk2CalibrationTest {
    /** w = 4000 · 1.8 / 163840 / 1031.64, and A = w · (w + 1) by the values that stand until a kit tells others. */
    private static final double BY_DEFAULT = 4.2597526754e-05 * (1 + 4.2597526754e-05);

    @Test
    void shouldKeepItsValueWhereAKitTellsNoneOrZeroOrNoNumber() {
        for (String metadata :
                new String[] {"", "R0: -nan\n", "R0: 0.0000\nGS0: nan\n", "R9: 7\nR: 8\n: 3\nR0\n", "XX0: 5\n"}) {
            assertEquals(BY_DEFAULT, new Ppk2Calibration(metadata).amps(0, 4000, 3.3), 1e-12, metadata);
        }
    }

    @Test
    void shouldUseWhatAKitTells() {
        assertEquals(
                2 * BY_DEFAULT + 2 * (3.3e-6 + 1e-7),
                new Ppk2Calibration("UG0: 2\nS0: 1e-6\nI0: 1e-7\nEND\n").amps(0, 4000, 3.3),
                1e-12);
    }
}
