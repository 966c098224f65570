package io.spikelet.hal.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.spikelet.hal.sim.SimIna3221;
import io.spikelet.hal.sim.SimLm75;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class Ina3221Test extends PowerMeterContract {
    private final SimIna3221 chip = new SimIna3221("chip");

    @Override
    protected PowerMeter atTwoAndAHalfWatts() throws IOException {
        chip.measure(1, 50_000_000, 5_000_000);
        chip.measure(2, 50_000_000, 5_000_000);
        return Ina3221.open(chip, new Shunt(100_000), Set.of(1));
    }

    @Override
    protected void cut() {
        chip.setSilent(true);
    }

    /** The data sheet's examples of the shunt register (SBOS576): -80 mV is 0xc180, and 80 mV its negative. */
    @Test
    void shouldReadTheDataSheetsExample() throws IOException {
        chip.measure(1, -80_000_000, 8_000_000);
        assertEquals(0xc180, chip.readWord(1));
        assertEquals(
                -6_400_000, Ina3221.open(chip, new Shunt(100_000), Set.of(1)).microwatts());
        chip.measure(1, 80_000_000, 8_000_000);
        assertEquals(0x3e80, chip.readWord(1));
        assertEquals(
                6_400_000, Ina3221.open(chip, new Shunt(100_000), Set.of(1)).microwatts());
    }

    @Test
    void shouldAddUpTheChannelsThatAreAskedFor() throws IOException {
        for (int channel = 1; channel <= Ina3221.CHANNELS; channel++) {
            chip.measure(channel, channel * 10_000_000L, 5_000_000);
        }
        assertEquals(500_000, Ina3221.open(chip, new Shunt(100_000), Set.of(1)).microwatts());
        assertEquals(
                2_000_000, Ina3221.open(chip, new Shunt(100_000), Set.of(1, 3)).microwatts());
        assertThrows(IllegalArgumentException.class, () -> Ina3221.open(chip, new Shunt(100_000), Set.of(4)));
    }

    @Test
    void shouldRefuseAnotherChip() {
        SimLm75 sensor = new SimLm75("sensor");
        assertThrows(HardwareUnavailableException.class, () -> Ina3221.open(sensor, new Shunt(100_000), Set.of(1)));
    }
}
