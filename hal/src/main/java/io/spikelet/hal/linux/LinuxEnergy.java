package io.spikelet.hal.linux;

import io.spikelet.hal.EnergyMeter;
import java.io.IOException;
import java.nio.file.Path;

/** The best energy meter that a Linux machine has. */
public final class LinuxEnergy {
    private LinuxEnergy() {}

    /**
     * A chip that counts what the board draws ({@link HwmonEnergy}), else the processor's own counter
     * ({@link RaplEnergy}), else a meter that reads nothing and says why.
     *
     * @param sysRoot where sysfs is mounted, {@code /sys} on a board
     */
    public static EnergyMeter find(Path sysRoot) throws IOException {
        HwmonEnergy chip = HwmonEnergy.find(sysRoot);
        if (chip.microjoules().isPresent()) {
            return chip;
        }
        RaplEnergy processor = RaplEnergy.find(sysRoot);
        return processor.microjoules().isPresent()
                ? processor
                : EnergyMeter.none("no energy counter can be read under " + sysRoot
                        + ": no power monitor chip counts energy (class/hwmon), and no processor does"
                        + " (class/powercap) or only root may read it");
    }
}
