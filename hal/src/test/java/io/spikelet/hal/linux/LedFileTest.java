package io.spikelet.hal.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.spikelet.hal.board.HardwareUnavailableException;
import io.spikelet.hal.board.OutputPin;
import io.spikelet.hal.board.OutputPinContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the files of a Raspberry Pi 4's ACT LED. */
class LedFileTest extends OutputPinContract {
    @TempDir
    private Path sys;

    private Path led;

    @BeforeEach
    void record() throws IOException {
        led = Files.createDirectories(sys.resolve("class/leds/ACT"));
        Files.writeString(led.resolve("brightness"), "255\n");
        Files.writeString(led.resolve("max_brightness"), "255\n");
        Files.writeString(led.resolve("trigger"), "none rfkill-any kbd-scrolllock timer heartbeat [mmc0] default-on\n");
    }

    @Override
    protected OutputPin open() throws IOException {
        return LedFile.open(sys, "ACT");
    }

    @Override
    protected boolean isHigh() throws IOException {
        return !Files.readString(led.resolve("brightness")).strip().equals("0");
    }

    @Test
    void shouldTakeTheTriggerAwayAndGiveItBack() throws IOException {
        OutputPin pin = open();
        assertEquals("none", Files.readString(led.resolve("trigger")));
        pin.set(true);
        assertEquals("255", Files.readString(led.resolve("brightness")));
        pin.close();
        assertEquals("mmc0", Files.readString(led.resolve("trigger")));
    }

    @Test
    void shouldSayWhichLedsThereAre() {
        assertEquals(
                "there is no LED \"PWR\" under " + sys.resolve("class/leds") + "; there are [ACT]",
                assertThrows(HardwareUnavailableException.class, () -> LedFile.open(sys, "PWR"))
                        .getMessage());
        assertThrows(HardwareUnavailableException.class, () -> LedFile.open(sys, "../leds/ACT"));
    }
}
