package io.spikelet.hal.linux;

import io.spikelet.hal.EnergyMeter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * A power monitor chip that counts energy itself, such as an INA228 on a board's supply: {@code energy1_input} of the
 * kernel's hwmon, in microjoules. Chips that show only momentary power are left to {@link HwmonPower}, which is added up
 * for those who ask for it alone.
 */
public final class HwmonEnergy implements EnergyMeter {
    private static final long RANGE_NOT_TOLD = 0;

    private final EnergyCounter counter;
    private final String source;

    private HwmonEnergy(EnergyCounter counter, String source) {
        this.counter = counter;
        this.source = source;
    }

    /**
     * Looks for the first chip that counts energy.
     *
     * @param sys where sysfs is mounted, {@code /sys} on a board
     * @return one whose {@link #microjoules} is empty, and whose {@link #source} says why, when there is none
     */
    public static HwmonEnergy find(Path sys) throws IOException {
        Path chips = sys.resolve("class/hwmon");
        for (Path chip : SysFiles.folders(chips, "hwmon")) {
            Path energy = chip.resolve("energy1_input");
            if (SysFiles.number(energy).isPresent()) {
                Path named = chip.resolve("name");
                String name = Files.isReadable(named)
                        ? Files.readString(named).strip()
                        : chip.getFileName().toString();
                return new HwmonEnergy(new EnergyCounter(energy, RANGE_NOT_TOLD), name + " energy (" + energy + ")");
            }
        }
        return new HwmonEnergy(null, "no chip that counts energy can be read under " + chips);
    }

    @Override
    public OptionalLong microjoules() {
        return counter == null ? OptionalLong.empty() : counter.microjoules();
    }

    @Override
    public long gaps() {
        return counter == null ? 0 : counter.gaps();
    }

    @Override
    public String source() {
        return source;
    }
}
