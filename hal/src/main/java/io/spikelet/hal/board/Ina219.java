package io.spikelet.hal.board;

import java.io.IOException;

/**
 * Texas Instruments' INA219 (SBOS448): 12 bits, 26 V, one shunt.
 *
 * <p>Power is the product of the shunt's and the bus' voltage, taken here in integers. The chip's own current and power
 * registers need a calibration that a dip of its supply clears, after which they read 0; these two never do.
 */
public final class Ina219 implements PowerMeter {
    static final int CONFIGURATION = 0;
    static final int SHUNT_VOLTAGE = 1;
    static final int BUS_VOLTAGE = 2;

    /** 32 V, 320 mV, both voltages in turn as means of 8 conversions: a pair takes 8.5 ms. */
    static final int EIGHT_OF_EACH = 0x3ddf;

    private static final int SHUNT_NANOVOLTS = 10_000;
    private static final int BUS_MICROVOLTS = 4_000;
    private static final int BUS_SHIFT = 3;

    private final I2cDevice chip;
    private final Shunt shunt;

    private Ina219(I2cDevice chip, Shunt shunt) {
        this.chip = chip;
        this.shunt = shunt;
    }

    /**
     * Sets the chip up.
     *
     * @throws IOException when it does not answer, or not as this chip does
     */
    public static Ina219 open(I2cDevice chip, Shunt shunt) throws IOException {
        chip.writeWord(CONFIGURATION, EIGHT_OF_EACH);
        int back = chip.readWord(CONFIGURATION);
        if (back != EIGHT_OF_EACH) {
            throw new HardwareUnavailableException("what answers at " + chip.name()
                    + " is no INA219: its configuration reads 0x%04x after 0x%04x was written; check the address"
                            .formatted(back, EIGHT_OF_EACH));
        }
        return new Ina219(chip, shunt);
    }

    @Override
    public long microwatts() throws IOException {
        long shuntNanovolts = shuntNanovolts();
        return shunt.microwatts(shuntNanovolts, busMicrovolts());
    }

    @Override
    public PowerReading reading() throws IOException {
        long shuntNanovolts = shuntNanovolts();
        return shunt.reading(shuntNanovolts, busMicrovolts());
    }

    private long shuntNanovolts() throws IOException {
        return (short) chip.readWord(SHUNT_VOLTAGE) * (long) SHUNT_NANOVOLTS;
    }

    private long busMicrovolts() throws IOException {
        return (chip.readWord(BUS_VOLTAGE) >> BUS_SHIFT) * (long) BUS_MICROVOLTS;
    }

    @Override
    public String source() {
        return "INA219 (" + chip.name() + ", shunt " + shunt.microohms() + " microohms)";
    }
}
