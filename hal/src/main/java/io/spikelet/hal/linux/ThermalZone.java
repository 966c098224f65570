package io.spikelet.hal.linux;

import io.spikelet.hal.Thermometer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** The temperature that the kernel's first readable thermal zone reports, in millidegrees, in a file. */
public final class ThermalZone implements Thermometer {
    private final Path file;
    private final String source;

    private ThermalZone(Path file, String source) {
        this.file = file;
        this.source = source;
    }

    /**
     * Looks for a thermal zone.
     *
     * @param sys where sysfs is mounted, {@code /sys} on a board
     * @return one whose {@link #celsius} is empty, and whose {@link #source} says why, when there is none
     */
    public static ThermalZone find(Path sys) throws IOException {
        Path zones = sys.resolve("class/thermal");
        for (Path zone : SysFiles.folders(zones, "thermal_zone")) {
            Path file = zone.resolve("temp");
            if (SysFiles.number(file).isPresent()) {
                String type = Files.isReadable(zone.resolve("type"))
                        ? Files.readString(zone.resolve("type")).strip()
                        : zone.getFileName().toString();
                return new ThermalZone(file, type + " (" + file + ")");
            }
        }
        return new ThermalZone(null, "no thermal zone can be read under " + zones);
    }

    @Override
    public OptionalDouble celsius() throws IOException {
        if (file == null) {
            return OptionalDouble.empty();
        }
        var millidegrees = SysFiles.number(file);
        return millidegrees.isPresent() ? OptionalDouble.of(millidegrees.getAsLong() / 1000.0) : OptionalDouble.empty();
    }

    @Override
    public String source() {
        return source;
    }
}
