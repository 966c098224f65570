package io.spikelet.hal.linux;

import io.spikelet.hal.EnergyMeter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The energy counter of an Intel or AMD package (powercap, RAPL): microjoules that wrap at a stated range. A board
 * without one, such as every Raspberry Pi, gets a meter that says so.
 */
public final class RaplEnergy implements EnergyMeter {
    private final Path counter;
    private final long range;
    private final String source;
    private long previous;
    private long total;

    private RaplEnergy(Path counter, long range, String source) {
        this.counter = counter;
        this.range = range;
        this.source = source;
        previous = -1;
    }

    /** @param sys where sysfs is mounted, {@code /sys} on a board */
    public static RaplEnergy find(Path sys) throws IOException {
        Path zones = sys.resolve("class/powercap");
        for (Path zone : SysFiles.folders(zones, "intel-rapl:")) {
            Path counter = zone.resolve("energy_uj");
            OptionalLong range = SysFiles.number(zone.resolve("max_energy_range_uj"));
            if (range.isPresent() && SysFiles.number(counter).isPresent()) {
                return new RaplEnergy(counter, range.getAsLong(), "RAPL package energy (" + counter + ")");
            }
        }
        return new RaplEnergy(null, 0, "no energy counter can be read under " + zones);
    }

    @Override
    public OptionalLong microjoules() {
        if (counter == null) {
            return OptionalLong.empty();
        }
        OptionalLong reading = SysFiles.number(counter);
        if (reading.isEmpty()) {
            return OptionalLong.empty();
        }
        long now = reading.getAsLong();
        if (previous >= 0) {
            // One wrap at most: a package at 100 W takes 40 minutes for a range of 262 kJ.
            total += now >= previous ? now - previous : now + range - previous;
        }
        previous = now;
        return OptionalLong.of(total);
    }

    @Override
    public String source() {
        return source;
    }
}
