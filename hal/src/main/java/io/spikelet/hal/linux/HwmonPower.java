package io.spikelet.hal.linux;

import io.spikelet.hal.board.HardwareUnavailableException;
import io.spikelet.hal.board.PowerMeter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A power monitor chip that a driver of the kernel reads: {@code power1_input} in microwatts (INA219, INA226 and kin),
 * or, for a chip without it such as INA3221, the sum over its channels of {@code inN_input} millivolts times {@code
 * currN_input} milliamperes. Chips of other names are left out: a graphics card shows power there too.
 */
public final class HwmonPower implements PowerMeter {
    private static final String NAMES = "ina";
    private static final int MOST_CHANNELS = 3;

    /** One product of the sum, or one file that holds power. */
    private record Part(Path voltage, Path current) {
        long microwatts() throws IOException {
            long first = required(voltage);
            return current == null ? first : first * required(current);
        }

        private static long required(Path file) throws IOException {
            OptionalLong number = SysFiles.number(file);
            if (number.isEmpty()) {
                throw new IOException(file + " gives no number now; check the chip's wiring and supply");
            }
            return number.getAsLong();
        }
    }

    private final List<Part> parts;
    private final String source;

    private HwmonPower(List<Part> parts, String source) {
        this.parts = parts;
        this.source = source;
    }

    /**
     * Looks for the first such chip.
     *
     * @param sys where sysfs is mounted, {@code /sys} on a board
     * @throws HardwareUnavailableException when there is none
     */
    public static HwmonPower find(Path sys) throws IOException {
        Path chips = sys.resolve("class/hwmon");
        for (Path chip : SysFiles.folders(chips, "hwmon")) {
            String name = SysFiles.text(chip.resolve("name")).orElse("");
            List<Part> parts = name.startsWith(NAMES) ? parts(chip) : List.of();
            if (!parts.isEmpty()) {
                return new HwmonPower(parts, name + " power (" + chip + ")");
            }
        }
        throw new HardwareUnavailableException("no power monitor chip of a kernel driver under " + chips
                + "; add its overlay (docs/boards.md), or read it over I2C with --meter ina219,bus=1,address=0x40");
    }

    private static List<Part> parts(Path chip) {
        Path power = chip.resolve("power1_input");
        if (Files.exists(power)) {
            return List.of(new Part(power, null));
        }
        List<Part> parts = new ArrayList<>();
        for (int channel = 1; channel <= MOST_CHANNELS; channel++) {
            Path voltage = chip.resolve("in" + channel + "_input");
            Path current = chip.resolve("curr" + channel + "_input");
            if (Files.exists(voltage) && Files.exists(current)) {
                parts.add(new Part(voltage, current));
            }
        }
        return parts;
    }

    @Override
    public long microwatts() throws IOException {
        long sum = 0;
        for (Part part : parts) {
            sum += part.microwatts();
        }
        return sum;
    }

    @Override
    public String source() {
        return source;
    }
}
