package io.spikelet.hal.attach;

import io.spikelet.hal.linux.FirmwareCommand;
import io.spikelet.hal.meter.MeterContract;
import io.spikelet.hal.serial.SerialLink;
import io.spikelet.hal.sim.EdgeFeed;
import io.spikelet.hal.sim.SimIna;
import io.spikelet.hal.sim.SimPowerFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** What each polled meter keeps to, opened by its words on a simulator of its wire. */
abstract class OpenedMeterContract extends MeterContract {
    @TempDir
    protected Path folder;

    protected final SimIna chip = SimIna.ina226("bus 1, address 0x40");

    protected MeterPlaces places() {
        return new MeterPlaces(
                folder.resolve("sys"),
                where -> chip,
                new FirmwareCommand(folder.resolve("vcgencmd")),
                SerialLink::open,
                path -> EdgeFeed.NONE);
    }

    protected SimPowerFiles files() {
        return new SimPowerFiles(folder.resolve("sys"));
    }
}
