package io.spikelet.hal.board;

import java.io.IOException;

/** The two registers by which Texas Instruments' newer meters say what they are. */
final class TiIdentity {
    static final int MANUFACTURER = 0xfe;
    static final int DIE = 0xff;
    static final int TEXAS_INSTRUMENTS = 0x5449;

    private TiIdentity() {}

    /** @throws HardwareUnavailableException when another chip answers */
    static void require(I2cDevice chip, String name, int die) throws IOException {
        int manufacturer = chip.readWord(MANUFACTURER);
        int found = chip.readWord(DIE);
        if (manufacturer != TEXAS_INSTRUMENTS || found != die) {
            throw new HardwareUnavailableException("what answers at " + chip.name() + " is no " + name
                    + ": it says 0x%04x 0x%04x, not 0x%04x 0x%04x; check the address"
                            .formatted(manufacturer, found, TEXAS_INSTRUMENTS, die));
        }
    }
}
