package io.spikelet.hal.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.spikelet.hal.board.HardwareUnavailableException;
import io.spikelet.hal.board.I2cAddress;
import io.spikelet.hal.board.Ina219;
import io.spikelet.hal.board.Ina226;
import io.spikelet.hal.board.Ina3221;
import io.spikelet.hal.board.Lm75;
import io.spikelet.hal.board.Shunt;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimHardwareTest {
    private final SimHardware board = new SimHardware();

    @Test
    void shouldHaveItsChipsWhereItSays() throws IOException {
        Shunt shunt = new Shunt(100_000);
        assertEquals(2_500_000, Ina219.open(board.i2c(at(0x40)), shunt).microwatts());
        assertEquals(2_500_000, Ina226.open(board.i2c(at(0x41)), shunt).microwatts());
        assertEquals(
                7_500_000,
                Ina3221.open(board.i2c(at(0x42)), shunt, Set.of(1, 2, 3)).microwatts());
        assertEquals(25, Lm75.open(board.i2c(at(0x48))).celsius().getAsDouble());
    }

    @Test
    void shouldRefuseWhatItDoesNotHave() {
        assertEquals(
                "the simulated board has no chip on I2C bus 1, address 0x4a",
                assertThrows(HardwareUnavailableException.class, () -> board.i2c(at(0x4a)))
                        .getMessage());
        assertEquals(
                "the simulated board has GPIO0 to GPIO27, not GPIO28",
                assertThrows(HardwareUnavailableException.class, () -> board.output(28))
                        .getMessage());
    }

    private static I2cAddress at(int address) {
        return new I2cAddress(SimHardware.BUS, address);
    }
}
