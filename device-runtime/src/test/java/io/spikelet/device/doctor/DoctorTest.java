package io.spikelet.device.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.linux.FirmwareCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    @TempDir
    private Path root;

    private void file(String path, String content) throws IOException {
        Files.createDirectories(root.resolve(path).getParent());
        Files.writeString(root.resolve(path), content);
    }

    /** What Debian's kernel 6.12 shows on QEMU's raspi3b (docs/measurements/raspi3b.txt), and an LED, a meter and a UART more. */
    private void raspberryPi() throws IOException {
        file("proc/device-tree/model", "Raspberry Pi 3 Model B\0");
        file("proc/sys/kernel/osrelease", "6.12.117+deb13-arm64\n");
        for (String node :
                List.of("gpiochip0", "gpiochip1", "i2c-0", "i2c-1", "i2c-2", "ttyS0", "ttyS1", "watchdog0")) {
            file("dev/" + node, "");
        }
        file("sys/bus/gpio/devices/gpiochip0/of_node/compatible", "brcm,bcm2835-gpio\0");
        file("sys/bus/gpio/devices/gpiochip1/of_node/compatible", "raspberrypi,firmware-gpio\0");
        file("sys/bus/i2c/devices/i2c-1/name", "bcm2835 (i2c@7e804000)\n");
        file("sys/bus/i2c/devices/1-0040/name", "ina226\n");
        file("sys/class/tty/ttyS0/type", "0\n");
        file("sys/class/tty/ttyS1/type", "4\n");
        file("sys/class/hwmon/hwmon0/name", "ina226\n");
        file("sys/class/hwmon/hwmon0/power1_input", "2500000\n");
        file("sys/class/leds/ACT/brightness", "0\n");
        file("sys/class/watchdog/watchdog0/identity", "Broadcom BCM2835 Watchdog timer\n");
        file("sys/class/watchdog/watchdog0/timeout", "15\n");
        file("sys/class/watchdog/watchdog0/nowayout", "0\n");
        file("sys/class/watchdog/watchdog0/state", "inactive\n");
        file("sys/devices/platform/soc/soc:firmware/get_throttled", "50000\n");
    }

    private List<Finding> findings() throws IOException {
        return new Doctor(root, root.resolve("data"), false, new FirmwareCommand(root.resolve("vcgencmd"))).findings();
    }

    private Finding finding(String topic) throws IOException {
        return findings().stream()
                .filter(finding -> finding.topic().equals(topic))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldHaveOneFindingForEachTopicOnABoardThatHasNothing() throws IOException {
        assertEquals(Doctor.TOPICS, findings().stream().map(Finding::topic).toList());
        for (String topic : List.of("gpio", "i2c", "spi", "serial", "hwmon", "rapl", "thermal", "leds", "watchdog")) {
            assertEquals(Finding.Mark.ABSENT, finding(topic).mark(), topic);
            assertFalse(finding(topic).advice().isEmpty(), topic);
        }
    }

    @Test
    void shouldTellWhatARaspberryPiHas() throws IOException {
        raspberryPi();
        assertTrue(finding("board").sentence().startsWith("Raspberry Pi 3 Model B, "));
        assertEquals("Linux 6.12.117+deb13-arm64", finding("kernel").sentence());
        assertEquals(
                "gpiochip0 (brcm,bcm2835-gpio), gpiochip1 (raspberrypi,firmware-gpio)",
                finding("gpio").sentence());
        assertTrue(finding("i2c").sentence().endsWith("i2c-2; the kernel drives ina226 (1-0040)"));
        assertEquals(root.resolve("dev/ttyS1").toString(), finding("serial").sentence());
        assertTrue(finding("hwmon").sentence().startsWith("ina226 power"));
        assertEquals("ACT", finding("leds").sentence());
        assertEquals(
                "/dev/watchdog0 (Broadcom BCM2835 Watchdog timer, 15 s)",
                finding("watchdog").sentence());
    }

    /** The tests of this module run without Pi4J. */
    @Test
    void shouldFindAmissThatARaspberryPiHasNoPi4j() throws IOException {
        assertEquals(Finding.Mark.ABSENT, finding("pi4j").mark());
        raspberryPi();
        assertEquals(Finding.Mark.AMISS, finding("pi4j").mark());
    }

    @Test
    void shouldFindAmissThatTheFirmwareHeldBack() throws IOException {
        raspberryPi();
        assertEquals(Finding.Mark.AMISS, finding("throttling").mark());
        assertEquals(
                "not held back now; since the start: under-voltage, throttled",
                finding("throttling").sentence());
    }

    @Test
    void shouldSayThatAWatchdogRunsOrCannotBeStopped() throws IOException {
        raspberryPi();
        file("sys/class/watchdog/watchdog0/nowayout", "1\n");
        file("sys/class/watchdog/watchdog0/state", "active\n");
        assertTrue(finding("watchdog").sentence().endsWith("15 s, cannot be stopped, running)"));
    }

    @Test
    void shouldMeasureTheRoomOfAFolderThatIsNotThereYet() throws IOException {
        assertTrue(finding("disk").sentence().contains(" MiB free at " + root.resolve("data")));
    }
}
