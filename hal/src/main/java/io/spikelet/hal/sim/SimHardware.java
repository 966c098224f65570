package io.spikelet.hal.sim;

import io.spikelet.hal.board.BoardHardware;
import io.spikelet.hal.board.HardwareUnavailableException;
import io.spikelet.hal.board.I2cAddress;
import io.spikelet.hal.board.I2cDevice;
import io.spikelet.hal.board.InputPin;
import io.spikelet.hal.board.OutputPin;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * A board that is not there: 28 lines, and on bus 1 an INA219 (0x40), an INA226 (0x41), an INA3221 (0x42), each at 5 V and 0.5 A through 0.1 ohm, and
 * an LM75 (0x48). Only for those who ask for it by name.
 */
public final class SimHardware implements BoardHardware {
    /** The bus that its chips are on. */
    public static final int BUS = 1;

    private static final int LINES = 28;
    private static final long HALF_AN_AMPERE_NANOVOLTS = 50_000_000;
    private static final long FIVE_VOLTS_MICROVOLTS = 5_000_000;

    private final Map<Integer, SimPin> pins = new HashMap<>();
    private final Map<I2cAddress, SimRegisters> chips = new HashMap<>();

    public SimHardware() {
        for (int line = 0; line < LINES; line++) {
            pins.put(line, new SimPin("simulated GPIO" + line));
        }
        SimIna ina219 = SimIna.ina219(place(0x40));
        ina219.measure(HALF_AN_AMPERE_NANOVOLTS, FIVE_VOLTS_MICROVOLTS);
        SimIna ina226 = SimIna.ina226(place(0x41));
        ina226.measure(HALF_AN_AMPERE_NANOVOLTS, FIVE_VOLTS_MICROVOLTS);
        SimIna3221 ina3221 = new SimIna3221(place(0x42));
        for (int channel = 1; channel <= 3; channel++) {
            ina3221.measure(channel, HALF_AN_AMPERE_NANOVOLTS, FIVE_VOLTS_MICROVOLTS);
        }
        plug(0x40, ina219);
        plug(0x41, ina226);
        plug(0x42, ina3221);
        plug(0x48, new SimLm75(place(0x48)));
    }

    private static String place(int address) {
        return "simulated I2C " + new I2cAddress(BUS, address);
    }

    /** Puts a chip onto the bus, in the place of one that is there. */
    public void plug(int address, SimRegisters chip) {
        chips.put(new I2cAddress(BUS, address), chip);
    }

    /** A line, to see its level or to drive it from outside. */
    public SimPin pin(int gpio) throws HardwareUnavailableException {
        SimPin pin = pins.get(gpio);
        if (pin == null) {
            throw new HardwareUnavailableException(
                    "the simulated board has GPIO0 to GPIO" + (LINES - 1) + ", not GPIO" + gpio);
        }
        return pin;
    }

    @Override
    public OutputPin output(int gpio) throws IOException {
        SimPin pin = pin(gpio);
        pin.set(false);
        return pin;
    }

    @Override
    public InputPin input(int gpio) throws IOException {
        return pin(gpio);
    }

    @Override
    public I2cDevice i2c(I2cAddress where) throws IOException {
        SimRegisters chip = chips.get(where);
        if (chip == null) {
            throw new HardwareUnavailableException("the simulated board has no chip on I2C " + where);
        }
        return chip;
    }

    @Override
    public String name() {
        return "simulated board";
    }

    @Override
    public void close() {
        pins.values().forEach(SimPin::close);
    }
}
