package io.spikelet.device.doctor;

import io.spikelet.hal.board.I2cAddress;
import io.spikelet.hal.linux.I2cNode;
import io.spikelet.hal.linux.SysFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Pins, buses and serial lines. */
final class BusFindings {
    /** Where meters and LM75s sit. */
    private static final int FIRST_PROBED = 0x40;

    private static final int LAST_PROBED = 0x4f;
    private static final int MANUFACTURER = 0xfe;
    private static final int DIE = 0xff;
    private static final int TEXAS_INSTRUMENTS = 0x5449;

    private final Path root;
    private final Path dev;
    private final boolean probe;

    BusFindings(Path root, boolean probe) {
        this.root = root;
        this.dev = root.resolve("dev");
        this.probe = probe;
    }

    List<Finding> find() throws IOException {
        return List.of(gpio(), i2c(), spi(), serial());
    }

    private Finding gpio() throws IOException {
        Nodes chips = Nodes.find(dev, "gpiochip");
        if (chips.isEmpty()) {
            return Finding.absent(
                    "gpio", "no pins: no /dev/gpiochip*", "a board with pins has them from kernel 4.8 on");
        }
        List<String> named = new ArrayList<>();
        for (Path chip : chips.nodes()) {
            Path gpio = root.resolve("sys/bus/gpio/devices").resolve(chip.getFileName());
            String driver = SysFiles.text(gpio.resolve("of_node/compatible"))
                    .map(text -> text.replace("\0", " ").strip())
                    .or(() -> SysFiles.text(gpio.resolve("../../uevent")).flatMap(BusFindings::driver))
                    .orElse("driver not told");
            named.add(chip.getFileName() + " (" + driver + ")");
        }
        return chips.finding("gpio", String.join(", ", named));
    }

    private static java.util.Optional<String> driver(String event) {
        return event.lines()
                .filter(line -> line.startsWith("DRIVER="))
                .map(line -> line.substring("DRIVER=".length()))
                .findFirst();
    }

    private Finding i2c() throws IOException {
        Nodes buses = Nodes.find(dev, "i2c-");
        if (buses.isEmpty()) {
            return Finding.absent(
                    "i2c",
                    "no I2C bus: no /dev/i2c-*",
                    "on a Raspberry Pi: dtparam=i2c_arm=on in config.txt, and i2c-dev in /etc/modules");
        }
        StringBuilder sentence = new StringBuilder(buses.names());
        List<String> bound = boundChips();
        if (!bound.isEmpty()) {
            sentence.append("; the kernel drives ").append(String.join(", ", bound));
        }
        if (probe) {
            List<String> found = probed(buses);
            sentence.append("; answering: ")
                    .append(found.isEmpty() ? "nothing at 0x40 to 0x4f" : String.join(", ", found));
        }
        return buses.finding("i2c", sentence.toString());
    }

    /** {@code 1-0040} is address 0x40 on bus 1. */
    private List<String> boundChips() throws IOException {
        return SysFiles.folders(root.resolve("sys/bus/i2c/devices"), "").stream()
                .filter(chip -> chip.getFileName().toString().matches("\\d+-[0-9a-f]{4}"))
                .map(chip -> SysFiles.text(chip.resolve("name")).orElse("a chip") + " (" + chip.getFileName() + ")")
                .toList();
    }

    private static List<String> probed(Nodes buses) {
        List<String> found = new ArrayList<>();
        for (Path node : buses.nodes()) {
            if (Files.isReadable(node) && Files.isWritable(node)) {
                int bus = Integer.parseInt(node.getFileName().toString().substring("i2c-".length()));
                for (int address = FIRST_PROBED; address <= LAST_PROBED; address++) {
                    String chip = chip(new I2cAddress(bus, address));
                    if (!chip.isEmpty()) {
                        found.add(chip);
                    }
                }
            }
        }
        return found;
    }

    /** Reads alone, which changes nothing in the chips that sit there. */
    private static String chip(I2cAddress where) {
        try (I2cNode chip = I2cNode.open(where)) {
            chip.readWord(0);
            String name = "a chip that does not say its name (INA219, LM75 or another)";
            if (chip.readWord(MANUFACTURER) == TEXAS_INSTRUMENTS) {
                name = switch (chip.readWord(DIE)) {
                    case 0x2260 -> "INA226";
                    case 0x3220 -> "INA3221";
                    default -> "a chip of Texas Instruments";
                };
            }
            return name + " on " + where;
        } catch (IOException nothingThere) {
            return "";
        }
    }

    private Finding spi() throws IOException {
        Nodes nodes = Nodes.find(dev, "spidev");
        return nodes.isEmpty()
                ? Finding.absent(
                        "spi", "no SPI node: no /dev/spidev*", "on a Raspberry Pi: dtparam=spi=on in config.txt")
                : nodes.finding("spi", nodes.names());
    }

    /** Of the built-in lines, those that a driver has found: others are empty names. */
    private Finding serial() throws IOException {
        List<Path> lines = Nodes.find(dev, "ttyAMA", "ttyACM", "ttyUSB", "ttyGS", "ttyS").nodes().stream()
                .filter(this::isReal)
                .toList();
        if (lines.isEmpty()) {
            return Finding.absent(
                    "serial",
                    "no serial line",
                    "on a Raspberry Pi: enable_uart=1 in config.txt, and no login on it (raspi-config)");
        }
        Nodes nodes = new Nodes(lines);
        return nodes.finding("serial", lines.stream().map(Path::toString).collect(Collectors.joining(", ")));
    }

    private boolean isReal(Path line) {
        return !line.getFileName().toString().startsWith("ttyS")
                || SysFiles.number(root.resolve("sys/class/tty")
                                        .resolve(line.getFileName())
                                        .resolve("type"))
                                .orElse(0)
                        > 0;
    }
}
