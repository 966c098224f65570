package io.spikelet.hal.linux;

import io.spikelet.hal.EnergyMeter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The energy counter of an Intel or AMD package (powercap, RAPL): microjoules that wrap at a stated range, after 40
 * minutes of 100 W for a range of 262 kJ: ask more often than that. A board without one, such as every Raspberry Pi, gets a meter that says so.
 */
public final class RaplEnergy implements EnergyMeter {
    private final EnergyCounter counter;
    private final String source;

    private RaplEnergy(EnergyCounter counter, String source) {
        this.counter = counter;
        this.source = source;
    }

    /** @param sys where sysfs is mounted, {@code /sys} on a board */
    public static RaplEnergy find(Path sys) throws IOException {
        Path zones = sys.resolve("class/powercap");
        for (Path zone : SysFiles.folders(zones, "intel-rapl:")) {
            Path counter = zone.resolve("energy_uj");
            OptionalLong range = SysFiles.number(zone.resolve("max_energy_range_uj"));
            if (range.isPresent() && SysFiles.number(counter).isPresent()) {
                return new RaplEnergy(
                        new EnergyCounter(counter, range.getAsLong()), "RAPL package energy (" + counter + ")");
            }
        }
        return new RaplEnergy(null, "no energy counter can be read under " + zones);
    }

    @Override
    public OptionalLong microjoules() {
        return counter == null ? OptionalLong.empty() : counter.microjoules();
    }

    @Override
    public String source() {
        return source;
    }
}
