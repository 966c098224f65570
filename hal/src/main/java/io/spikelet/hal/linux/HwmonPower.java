package io.spikelet.hal.linux;

import io.spikelet.hal.board.HardwareUnavailableException;
import io.spikelet.hal.board.PowerMeter;
import io.spikelet.hal.board.PowerReading;
import io.spikelet.hal.board.Shunt;
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

    private static final double MILLI = 1e-3;
    private static final int USUAL_MICROOHMS = 100_000;

    /** One load: a file that holds its power, or the two whose product it is; what is missing is null. */
    private record Part(Path power, Path voltage, Path current) {
        long microwatts() throws IOException {
            return power == null ? required(voltage) * required(current) : required(power);
        }

        PowerReading reading() throws IOException {
            double volts = voltage == null ? Double.NaN : required(voltage) * MILLI;
            double amps = current == null ? Double.NaN : required(current) * MILLI;
            return power == null
                    ? PowerReading.of(volts, amps)
                    : new PowerReading(required(power) * PowerMeter.MICRO, volts, amps);
        }

        private static long required(Path file) throws IOException {
            OptionalLong number = SysFiles.number(file);
            if (number.isEmpty()) {
                throw new IOException(file + " gives no number now; check the chip's wiring and supply");
            }
            return number.getAsLong();
        }
    }

    private final Path chip;
    private final String name;
    private final List<Part> parts;

    private HwmonPower(Path chip, String name, List<Part> parts) {
        this.chip = chip;
        this.name = name;
        this.parts = parts;
    }

    /**
     * Looks for the first such chip.
     *
     * @param sys where sysfs is mounted, {@code /sys} on a board
     * @throws HardwareUnavailableException when there is none
     */
    public static HwmonPower find(Path sys) throws IOException {
        return find(sys, "");
    }

    /**
     * The same for one chip of several.
     *
     * @param wanted its folder, such as {@code hwmon2}, or its name, such as {@code ina226}; empty for the first
     */
    public static HwmonPower find(Path sys, String wanted) throws IOException {
        Path chips = sys.resolve("class/hwmon");
        for (Path chip : SysFiles.folders(chips, "hwmon")) {
            String name = SysFiles.text(chip.resolve("name")).orElse("");
            boolean asked = wanted.isEmpty()
                    || wanted.equals(name)
                    || wanted.equals(chip.getFileName().toString());
            List<Part> parts = asked && name.startsWith(NAMES) ? parts(chip) : List.of();
            if (!parts.isEmpty()) {
                return new HwmonPower(chip, name, parts);
            }
        }
        throw new HardwareUnavailableException("no power monitor chip of a kernel driver under " + chips
                + (wanted.isEmpty() ? "" : " is " + wanted)
                + "; add its overlay (docs/boards.md), or read it over I2C with --meter ina219,bus=1,address=0x40");
    }

    private static List<Part> parts(Path chip) {
        Path power = chip.resolve("power1_input");
        if (Files.exists(power)) {
            return List.of(new Part(power, present(chip, "in1_input"), present(chip, "curr1_input")));
        }
        List<Part> parts = new ArrayList<>();
        for (int channel = 1; channel <= MOST_CHANNELS; channel++) {
            Path voltage = chip.resolve("in" + channel + "_input");
            Path current = chip.resolve("curr" + channel + "_input");
            if (Files.exists(voltage) && Files.exists(current)) {
                parts.add(new Part(null, voltage, current));
            }
        }
        return parts;
    }

    private static Path present(Path chip, String file) {
        return Files.exists(chip.resolve(file)) ? chip.resolve(file) : null;
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
    public PowerReading reading() throws IOException {
        if (parts.size() == 1) {
            return parts.getFirst().reading();
        }
        double watts = 0;
        for (Part part : parts) {
            watts += part.reading().watts();
        }
        return PowerReading.ofPower(watts);
    }

    /** The chip's name, such as {@code ina226}. */
    public String chipName() {
        return name;
    }

    /** How many loads are added up. */
    public int loads() {
        return parts.size();
    }

    /** The resistor that the driver reckons with; 0.1 ohm where it does not say. */
    public Shunt shunt() {
        return new Shunt((int) SysFiles.number(chip.resolve("shunt_resistor")).orElse(USUAL_MICROOHMS));
    }

    /** Milliseconds from one conversion to the next, where the driver says. */
    public OptionalLong updateMillis() {
        return SysFiles.number(chip.resolve("update_interval"));
    }

    @Override
    public String source() {
        return name + " power (" + chip + ")";
    }
}
