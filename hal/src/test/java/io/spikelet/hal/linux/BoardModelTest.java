package io.spikelet.hal.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.spikelet.hal.board.HardwareUnavailableException;
import io.spikelet.hal.board.I2cAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class BoardModelTest {
    @TempDir
    private Path root;

    private void file(String path, String content) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), content);
    }

    @Test
    void shouldKnowARaspberryPiByItsDeviceTree() throws IOException {
        file("proc/device-tree/model", "Raspberry Pi 5 Model B Rev 1.0\0");
        assertEquals(new BoardModel("Raspberry Pi 5 Model B Rev 1.0", true), BoardModel.read(root));
    }

    @Test
    void shouldNameAPcByItsFirmware() throws IOException {
        file("sys/class/dmi/id/sys_vendor", "ACME\n");
        file("sys/class/dmi/id/product_name", "Anvil 3\n");
        assertEquals(new BoardModel("ACME Anvil 3", false), BoardModel.read(root));
    }

    @Test
    void shouldSayThatABoardHasNoName() {
        assertEquals(new BoardModel("a board that does not say its name", false), BoardModel.read(root));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldMakeUpNeitherPinsNorBuses() {
        LinuxHardware board = new LinuxHardware(new BoardModel("ACME Anvil 3", false), "this board has none");
        assertEquals(
                "cannot use GPIO17: this board has none",
                assertThrows(HardwareUnavailableException.class, () -> board.output(17))
                        .getMessage());
        assertThrows(HardwareUnavailableException.class, () -> board.input(17));
        assertEquals(
                "cannot open /dev/i2c-999: there is no such node; switch it on in the board's configuration"
                        + " (docs/boards.md)",
                assertThrows(HardwareUnavailableException.class, () -> board.i2c(new I2cAddress(999, 0x40)))
                        .getMessage());
    }
}
