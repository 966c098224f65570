package io.spikelet.device.doctor;

import io.spikelet.hal.board.HardwareUnavailableException;
import io.spikelet.hal.board.ThrottlingState;
import io.spikelet.hal.linux.FirmwareCommand;
import io.spikelet.hal.linux.FirmwareThrottling;
import io.spikelet.hal.linux.HwmonEnergy;
import io.spikelet.hal.linux.HwmonPower;
import io.spikelet.hal.linux.RaplEnergy;
import io.spikelet.hal.linux.SysFiles;
import io.spikelet.hal.linux.ThermalZone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Meters, temperature, LEDs, watchdog, and what the firmware holds back. */
final class SensorFindings {
    private final Path sys;
    private final Path dev;
    private final FirmwareCommand firmware;

    SensorFindings(Path root, FirmwareCommand firmware) {
        this.sys = root.resolve("sys");
        this.dev = root.resolve("dev");
        this.firmware = firmware;
    }

    List<Finding> find() throws IOException {
        return List.of(hwmon(), rapl(), thermal(), throttling(), leds(), watchdog());
    }

    private Finding hwmon() throws IOException {
        HwmonEnergy counting = HwmonEnergy.find(sys);
        if (counting.microjoules().isPresent()) {
            return Finding.ok("hwmon", counting.source() + ": used without asking");
        }
        try {
            HwmonPower power = HwmonPower.find(sys);
            return Finding.ok("hwmon", power.source() + ": --meter hwmon adds it up");
        } catch (HardwareUnavailableException none) {
            String chips = SysFiles.folders(sys.resolve("class/hwmon"), "hwmon").stream()
                    .map(chip -> SysFiles.text(chip.resolve("name")).orElse("unnamed"))
                    .distinct()
                    .collect(Collectors.joining(", "));
            return Finding.absent(
                    "hwmon",
                    chips.isEmpty() ? "no sensor chip" : "no power monitor chip among: " + chips,
                    "wire an INA219, INA226, INA228 or INA3221 and add its overlay (docs/boards.md)");
        }
    }

    private Finding rapl() throws IOException {
        RaplEnergy energy = RaplEnergy.find(sys);
        if (energy.microjoules().isPresent()) {
            return Finding.ok("rapl", energy.source());
        }
        Path counter = sys.resolve("class/powercap/intel-rapl:0/energy_uj");
        return Files.exists(counter) && !Files.isReadable(counter)
                ? Finding.amiss("rapl", "only root may read " + counter, "chmod a+r it at each start, by a udev rule")
                : Finding.absent(
                        "rapl", "no energy counter of the processor", "only Intel and AMD processors have one");
    }

    private Finding thermal() throws IOException {
        ThermalZone zone = ThermalZone.find(sys);
        var celsius = zone.celsius();
        return celsius.isPresent()
                ? Finding.ok("thermal", celsius.getAsDouble() + " degrees, " + zone.source())
                : Finding.absent(
                        "thermal", zone.source(), "--thermometer lm75,address=0x48 reads a sensor of your own");
    }

    private Finding throttling() {
        FirmwareThrottling throttling = new FirmwareThrottling(sys, firmware);
        try {
            Optional<ThrottlingState> state = throttling.state();
            if (state.isEmpty()) {
                return Finding.absent("throttling", "this board does not tell: " + throttling.source(), "");
            }
            return state.get().wasHeldBack()
                    ? Finding.amiss(
                            "throttling",
                            state.get().sentence(),
                            "a stronger supply or a shorter cable against under-voltage, a heat sink against heat")
                    : Finding.ok("throttling", state.get().sentence());
        } catch (IOException e) {
            return Finding.amiss("throttling", e.getMessage(), "sudo usermod -aG video \"$USER\", then log in again");
        }
    }

    private Finding leds() throws IOException {
        List<Path> leds = SysFiles.folders(sys.resolve("class/leds"), "");
        if (leds.isEmpty()) {
            return Finding.absent("leds", "no LED under " + sys.resolve("class/leds"), "--led gpio:N takes a pin");
        }
        String names = leds.stream().map(led -> led.getFileName().toString()).collect(Collectors.joining(", "));
        return leds.stream().allMatch(led -> Files.isWritable(led.resolve("brightness")))
                ? Finding.ok("leds", names)
                : Finding.amiss(
                        "leds", names + "; this user may not set them", "write a udev rule as in docs/boards.md");
    }

    private Finding watchdog() throws IOException {
        Nodes nodes = Nodes.find(dev, "watchdog");
        if (nodes.isEmpty()) {
            return Finding.absent(
                    "watchdog",
                    "no watchdog: no /dev/watchdog*",
                    "on a Raspberry Pi: modprobe bcm2835_wdt; elsewhere softdog restarts what still runs");
        }
        String described = SysFiles.folders(sys.resolve("class/watchdog"), "watchdog").stream()
                .map(SensorFindings::describe)
                .collect(Collectors.joining(", "));
        return nodes.finding("watchdog", described.isEmpty() ? nodes.names() : described);
    }

    private static String describe(Path watchdog) {
        String name = "/dev/" + watchdog.getFileName() + " ("
                + SysFiles.text(watchdog.resolve("identity")).orElse("unnamed") + ", "
                + SysFiles.text(watchdog.resolve("timeout")).orElse("?") + " s";
        boolean never = SysFiles.number(watchdog.resolve("nowayout")).orElse(0) == 1;
        boolean active = SysFiles.text(watchdog.resolve("state")).orElse("").equals("active");
        return name + (never ? ", cannot be stopped" : "") + (active ? ", running" : "") + ")";
    }
}
