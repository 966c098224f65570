package io.spikelet.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.Clock;
import io.spikelet.hal.EnergyMeter;
import io.spikelet.hal.board.HardwareUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HardwareArgumentsTest {
    @TempDir
    private Path root;

    private HardwareArguments arguments(String... words) throws BadUseException {
        return new HardwareArguments(
                CommandLine.parse(List.of(words), HardwareArguments.OPTIONS, Set.of()), root, Clock.system());
    }

    private void file(String path, String content) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ina219,bus=1,address=0x40,shunt=100",
                "ina226,address=0x41",
                "ina3221,address=0x42,channels=1+2+3"
            })
    void shouldAddUpTheReadingsOfAMeterOnTheBus(String meter) throws Exception {
        HardwareArguments hardware = arguments("--board", "simulated", "--meter", meter);
        EnergyMeter energy = hardware.energy();
        while (energy.microjoules().orElseThrow() == 0) {
            Thread.sleep(1);
        }
        assertTrue(energy.source().endsWith("added up from a reading every 10 ms"), energy.source());
        hardware.equipment(Optional.empty()).close();
    }

    @Test
    void shouldReadAThermometerOnTheBus() throws Exception {
        HardwareArguments hardware = arguments("--board", "simulated", "--thermometer", "lm75,address=0x48");
        assertEquals(25, hardware.thermometer().celsius().getAsDouble());
        hardware.close();
    }

    @Test
    void shouldFeedTheWatchdogThatIsNamed() throws Exception {
        file("dev/watchdog0", "");
        Equipment equipment = arguments("--watchdog", "/dev/watchdog0").equipment(Optional.empty());
        equipment.watchdog().turn(0);
        equipment.close();
        equipment.watchdog().stop();
        assertEquals("\0V", Files.readString(root.resolve("dev/watchdog0")));
    }

    @Test
    void shouldMockNothingOnABoardThatItDoesNotKnow() throws Exception {
        file("proc/device-tree/model", "ACME Anvil 3\0");
        HardwareArguments hardware = arguments("--measure-pin", "gpio:17");
        assertEquals(
                "cannot use GPIO17: only a Raspberry Pi's pins have a driver here, and this is ACME Anvil 3; --board"
                        + " simulated has some to play with",
                assertThrows(HardwareUnavailableException.class, () -> hardware.equipment(Optional.empty()))
                        .getMessage());
    }

    /** The tests of this module run without Pi4J. */
    @Test
    void shouldSayOnARaspberryPiThatPi4jIsMissing() throws Exception {
        file("proc/device-tree/model", "Raspberry Pi 4 Model B Rev 1.4\0");
        HardwareArguments hardware = arguments("--measure-pin", "gpio:17");
        HardwareUnavailableException refused =
                assertThrows(HardwareUnavailableException.class, () -> hardware.equipment(Optional.empty()));
        assertTrue(
                refused.getMessage().startsWith("cannot use GPIO17: pins need Pi4J, and pi4j-core-3.0.4.jar,"),
                refused.getMessage());
    }

    @Test
    void shouldAskForNothingWhereNothingIsAskedFor() throws Exception {
        HardwareArguments hardware = arguments();
        hardware.thermometer();
        hardware.energy();
        hardware.equipment(Optional.empty()).close();
    }
}
