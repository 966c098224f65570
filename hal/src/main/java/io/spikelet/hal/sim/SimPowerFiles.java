package io.spikelet.hal.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The files of sysfs by which the kernel tells of power, laid out in a folder of one's own as its drivers do
 * (Documentation/hwmon/ina2xx.rst, ina238.rst, ina3221.rst; drivers/powercap): chips and a processor on a load that is
 * known exactly. Each file changes as a whole.
 */
public final class SimPowerFiles {
    private static final double MICRO = 1e6;
    private static final double MILLI = 1e3;

    private final Path sys;

    /** @param sys stands in for {@code /sys} */
    public SimPowerFiles(Path sys) {
        this.sys = sys;
    }

    /**
     * An INA219, INA226 or INA238, whose driver tells power.
     *
     * @param hwmon its folder, such as {@code hwmon2}
     * @param volts at the load
     * @param amps 0 or more
     */
    public void chip(String hwmon, String name, double volts, double amps) throws IOException {
        Path chip = named(hwmon, name);
        put(chip.resolve("in1_input"), Math.round(volts * MILLI));
        put(chip.resolve("curr1_input"), Math.round(amps * MILLI));
        put(chip.resolve("power1_input"), Math.round(volts * amps * MICRO));
    }

    /**
     * One channel of an INA3221, whose driver tells no power.
     *
     * @param channel 1..3
     */
    public void channel(String hwmon, int channel, double volts, double amps) throws IOException {
        Path chip = named(hwmon, "ina3221");
        put(chip.resolve("in" + channel + "_input"), Math.round(volts * MILLI));
        put(chip.resolve("curr" + channel + "_input"), Math.round(amps * MILLI));
    }

    /** An INA228's counter of energy. */
    public void energy(String hwmon, double joules) throws IOException {
        put(named(hwmon, "ina228").resolve("energy1_input"), Math.round(joules * MICRO));
    }

    /**
     * A processor's counter, which begins at 0 again at its range.
     *
     * @param joules since it began
     * @param rangeMicrojoules what {@code max_energy_range_uj} tells
     */
    public void processor(double joules, long rangeMicrojoules) throws IOException {
        Path zone = sys.resolve("class/powercap/intel-rapl:0");
        put(zone.resolve("max_energy_range_uj"), rangeMicrojoules);
        put(zone.resolve("energy_uj"), Math.round(joules * MICRO) % rangeMicrojoules);
    }

    /** A chip's further file, such as {@code shunt_resistor} or {@code update_interval}. */
    public void attribute(String hwmon, String file, long value) throws IOException {
        put(sys.resolve("class/hwmon").resolve(hwmon).resolve(file), value);
    }

    /** From here on the driver answers a read of any number with an error, as when the chip is off its bus. */
    public void silence() throws IOException {
        try (var files = Files.walk(sys)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("name")) {
                    write(file, "");
                }
            }
        }
    }

    private Path named(String hwmon, String name) throws IOException {
        Path chip = sys.resolve("class/hwmon").resolve(hwmon);
        Files.createDirectories(chip);
        write(chip.resolve("name"), name + "\n");
        return chip;
    }

    private static void put(Path file, long value) throws IOException {
        Files.createDirectories(file.getParent());
        write(file, value + "\n");
    }

    private static void write(Path file, String text) throws IOException {
        Path whole = file.resolveSibling("." + file.getFileName());
        Files.writeString(whole, text);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
