package io.spikelet.hal.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class FirmwareThrottlingTest {
    @TempDir
    private Path folder;

    private FirmwareThrottling telling(String text) throws IOException {
        return new FirmwareThrottling(folder, RecordedTool.printing(folder, text, 0));
    }

    @Test
    void shouldReadTheFirmwaresBits() throws IOException {
        var throttling = telling("throttled=0x50005\n");
        assertEquals(
                "held back now: under-voltage, throttled; since the start: under-voltage, throttled",
                throttling.state().orElseThrow().sentence());
        assertEquals("vcgencmd get_throttled", throttling.source());
        assertEquals(
                "not held back now; since the start: soft temperature limit",
                telling("throttled=0x80000\n").state().orElseThrow().sentence());
        assertEquals(
                "never held back since the start",
                telling("throttled=0x0\n").state().orElseThrow().sentence());
    }

    @Test
    void shouldPreferTheKernelsFile() throws IOException {
        Path file = folder.resolve("devices/platform/soc/soc:firmware/get_throttled");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "20002\n");
        var throttling = telling("throttled=0x0\n");
        assertTrue(throttling.state().orElseThrow().isHeldBack());
        assertEquals(file.toString(), throttling.source());
    }

    @Test
    void shouldSayThatABoardDoesNotTell() throws IOException {
        var throttling = new FirmwareThrottling(folder, new FirmwareCommand(folder.resolve("vcgencmd")));
        assertEquals(Optional.empty(), throttling.state());
        assertTrue(throttling.source().startsWith("cannot run "), throttling.source());
    }

    @Test
    void shouldNotTakeAFailureForAQuietBoard() throws IOException {
        var failing =
                new FirmwareThrottling(folder, RecordedTool.printing(folder, "VCHI initialization failed\n", 255));
        assertTrue(assertThrows(IOException.class, failing::state)
                .getMessage()
                .endsWith("failed: VCHI initialization failed; this user may need the group video"));
    }
}
