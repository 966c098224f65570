package io.spikelet.hal.board;

import io.spikelet.hal.Thermometer;
import java.io.IOException;
import java.util.OptionalDouble;

/** An LM75 or one of its many successors, such as TMP105 and TMP102: register 0 is degrees, 8.8, most significant byte first. */
public final class Lm75 implements Thermometer {
    private static final int TEMPERATURE = 0;
    private static final double STEPS_A_DEGREE = 256.0;

    private final I2cDevice chip;

    private Lm75(I2cDevice chip) {
        this.chip = chip;
    }

    /** @throws IOException when nothing answers there */
    public static Lm75 open(I2cDevice chip) throws IOException {
        chip.readWord(TEMPERATURE);
        return new Lm75(chip);
    }

    @Override
    public OptionalDouble celsius() throws IOException {
        return OptionalDouble.of((short) chip.readWord(TEMPERATURE) / STEPS_A_DEGREE);
    }

    @Override
    public String source() {
        return "LM75 (" + chip.name() + ")";
    }
}
