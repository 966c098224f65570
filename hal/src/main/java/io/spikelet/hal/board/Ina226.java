package io.spikelet.hal.board;

import java.io.IOException;

/**
 * Texas Instruments' INA226 (SBOS547): 16 bits, 36 V, one shunt of at most 81.9 mV. Power is taken as in {@link Ina219}.
 */
public final class Ina226 implements PowerMeter {
    static final int CONFIGURATION = 0;
    static final int SHUNT_VOLTAGE = 1;
    static final int BUS_VOLTAGE = 2;
    static final int DIE_ID = 0x2260;

    /** Both voltages in turn, 1.1 ms each, means of 4: a pair takes 8.8 ms. */
    static final int FOUR_OF_EACH = 0x4327;

    private static final int SHUNT_NANOVOLTS = 2_500;
    private static final int BUS_MICROVOLTS = 1_250;

    private final I2cDevice chip;
    private final Shunt shunt;

    private Ina226(I2cDevice chip, Shunt shunt) {
        this.chip = chip;
        this.shunt = shunt;
    }

    /**
     * Sets the chip up.
     *
     * @throws IOException when it does not answer, or not as this chip does
     */
    public static Ina226 open(I2cDevice chip, Shunt shunt) throws IOException {
        TiIdentity.require(chip, "INA226", DIE_ID);
        chip.writeWord(CONFIGURATION, FOUR_OF_EACH);
        return new Ina226(chip, shunt);
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
        return chip.readWord(BUS_VOLTAGE) * (long) BUS_MICROVOLTS;
    }

    @Override
    public String source() {
        return "INA226 (" + chip.name() + ", shunt " + shunt.microohms() + " microohms)";
    }
}
