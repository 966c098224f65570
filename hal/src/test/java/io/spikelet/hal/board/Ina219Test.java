package io.spikelet.hal.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.spikelet.hal.sim.SimIna;
import io.spikelet.hal.sim.SimLm75;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class Ina219Test extends PowerMeterContract {
    private final SimIna chip = SimIna.ina219("chip");

    @Override
    protected PowerMeter atTwoAndAHalfWatts() throws IOException {
        chip.measure(50_000_000, 5_000_000);
        return Ina219.open(chip, new Shunt(100_000));
    }

    @Override
    protected void cut() {
        chip.setSilent(true);
    }

    /** The worked example of the data sheet (SBOS448, "Programming the INA219"): 2 milliohms, 20 mV, 11.98 V. */
    @Test
    void shouldReadTheDataSheetsExample() throws IOException {
        chip.measure(20_000_000, 11_980_000);
        chip.writeWord(5, 0x5000);
        assertEquals(0x07d0, chip.readWord(1));
        assertEquals(0x0bb3, chip.readWord(2) >> 3);
        assertEquals(0x2710, chip.readWord(4));
        assertEquals(0x1766, chip.readWord(3));
        assertEquals(119_800_000, Ina219.open(chip, new Shunt(2_000)).microwatts());
    }

    @Test
    void shouldReadACurrentThatFlowsBack() throws IOException {
        chip.measure(-50_000_000, 5_000_000);
        assertEquals(-2_500_000, Ina219.open(chip, new Shunt(100_000)).microwatts());
    }

    @Test
    void shouldGoOnReadingWhenADipOfTheSupplyResetsTheChip() throws IOException {
        PowerMeter meter = atTwoAndAHalfWatts();
        chip.writeWord(0, 0x8000);
        assertEquals(2_500_000, meter.microwatts());
    }

    @Test
    void shouldRefuseAnotherChip() {
        SimLm75 sensor = new SimLm75("sensor");
        HardwareUnavailableException refused =
                assertThrows(HardwareUnavailableException.class, () -> Ina219.open(sensor, new Shunt(100_000)));
        assertEquals(
                "what answers at sensor is no INA219: its configuration reads 0x1900 after 0x3ddf was written; check"
                        + " the address",
                refused.getMessage());
    }
}
