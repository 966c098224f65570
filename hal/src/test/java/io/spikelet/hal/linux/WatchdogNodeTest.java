package io.spikelet.hal.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.board.HardwareUnavailableException;
import io.spikelet.hal.board.Watchdog;
import io.spikelet.hal.board.WatchdogContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a plain file, which keeps what a driver would be sent. bench-rigs/raspi3b does it with a real driver. */
class WatchdogNodeTest extends WatchdogContract {
    @TempDir
    private Path folder;

    @Override
    protected Watchdog open() throws IOException {
        Path known = Files.createDirectories(folder.resolve("sys/class/watchdog/watchdog0"));
        Files.writeString(known.resolve("timeout"), "20\n");
        Files.write(folder.resolve("watchdog0"), new byte[0]);
        return WatchdogNode.open(folder.resolve("sys"), folder.resolve("watchdog0"));
    }

    @Override
    protected long feedings() throws IOException {
        long feedings = 0;
        for (byte sent : Files.readAllBytes(folder.resolve("watchdog0"))) {
            feedings += sent == 'V' ? 0 : 1;
        }
        return feedings;
    }

    @Override
    protected boolean isStopped() throws IOException {
        byte[] sent = Files.readAllBytes(folder.resolve("watchdog0"));
        return sent.length > 0 && sent[sent.length - 1] == 'V';
    }

    @Test
    void shouldSayWhatToLoadWhereThereIsNone() {
        HardwareUnavailableException refused = assertThrows(
                HardwareUnavailableException.class,
                () -> WatchdogNode.open(folder.resolve("sys"), folder.resolve("watchdog7")));
        assertTrue(refused.getMessage().contains("modprobe bcm2835_wdt"), refused.getMessage());
    }

    @Test
    void shouldTakeTheUsualTimeWhereTheKernelDoesNotTell() throws IOException {
        Files.write(folder.resolve("watchdog"), new byte[0]);
        try (Watchdog watchdog = WatchdogNode.open(folder.resolve("nowhere"), folder.resolve("watchdog"))) {
            assertEquals(15_000, watchdog.timeoutMillis());
        }
    }
}
