package io.spikelet.hal.pi4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.spikelet.hal.board.BoardHardware;
import io.spikelet.hal.board.HardwareUnavailableException;
import io.spikelet.hal.linux.BoardModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** With Pi4J on the path and no Raspberry Pi around it. On one, bench-rigs/raspi3b drives a pin. */
@EnabledOnOs(OS.LINUX)
class PiHardwareTest {

    @Test
    void shouldMissNoJarWhereAllAreThere() {
        assertEquals(List.of(), PiHardware.missingJars());
    }

    @Test
    void shouldRefuseAPinOnABoardThatPi4jDoesNotKnowAndMockNone() throws IOException {
        assumeFalse(BoardModel.read(Path.of("/")).isRaspberryPi());
        HardwareUnavailableException refused = assertThrows(HardwareUnavailableException.class, () -> {
            try (BoardHardware board = PiHardware.open("ACME Anvil 3")) {
                board.output(17).set(true);
            }
        });
        assertTrue(
                refused.getMessage().contains("GPIO17") || refused.getMessage().contains("ACME Anvil 3"),
                refused.getMessage());
    }
}
