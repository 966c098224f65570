package io.spikelet.hal.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.spikelet.hal.sim.SimIna;
import io.spikelet.hal.sim.SimLm75;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class Ina226Test extends PowerMeterContract {
    private final SimIna chip = SimIna.ina226("chip");

    @Override
    protected PowerMeter atTwoAndAHalfWatts() throws IOException {
        chip.measure(50_000_000, 5_000_000);
        return Ina226.open(chip, new Shunt(100_000));
    }

    @Override
    protected void cut() {
        chip.setSilent(true);
    }

    /** The worked example of the data sheet (SBOS547, "Programming the Calibration Register"): 2 milliohms, 20 mV, 11.98 V. */
    @Test
    void shouldReadTheDataSheetsExample() throws IOException {
        chip.measure(20_000_000, 11_980_000);
        chip.writeWord(5, 0x0a00);
        assertEquals(0x1f40, chip.readWord(1));
        assertEquals(0x2570, chip.readWord(2));
        assertEquals(0x2710, chip.readWord(4));
        assertEquals(0x12b8, chip.readWord(3));
        assertEquals(119_800_000, Ina226.open(chip, new Shunt(2_000)).microwatts());
    }

    @Test
    void shouldReadACurrentThatFlowsBack() throws IOException {
        chip.measure(-50_000_000, 5_000_000);
        assertEquals(-2_500_000, Ina226.open(chip, new Shunt(100_000)).microwatts());
    }

    @Test
    void shouldRefuseAnotherChip() {
        SimLm75 sensor = new SimLm75("sensor");
        HardwareUnavailableException refused =
                assertThrows(HardwareUnavailableException.class, () -> Ina226.open(sensor, new Shunt(100_000)));
        assertEquals(
                "what answers at sensor is no INA226: it says 0x0000 0x0000, not 0x5449 0x2260; check the address",
                refused.getMessage());
    }
}
