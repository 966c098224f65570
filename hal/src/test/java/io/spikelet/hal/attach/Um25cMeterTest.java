package io.spikelet.hal.attach;

import io.spikelet.hal.linux.FirmwareCommand;
import io.spikelet.hal.meter.Meter;
import io.spikelet.hal.meter.MeterContract;
import io.spikelet.hal.serial.SerialCable;
import io.spikelet.hal.serial.SerialLink;
import io.spikelet.hal.sim.EdgeFeed;
import io.spikelet.hal.sim.SimUm25c;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** On a pair of pseudo-terminals, the simulated tester at the far one. */
@EnabledOnOs(OS.LINUX)
class Um25cMeterTest extends MeterContract {
    private final SimUm25c tester = new SimUm25c();
    private SerialCable cable;
    private SerialLink far;

    @Override
    protected Meter atTwoAndAHalfWatts() throws IOException {
        tester.measure(5, .5);
        cable = SerialCable.open();
        far = SerialLink.open(cable.right(), 9600);
        Thread.ofPlatform().daemon().start(this::serve);
        MeterPlaces places = new MeterPlaces(
                Path.of("/sys"),
                where -> {
                    throw new IOException("no buses here");
                },
                new FirmwareCommand(FirmwareCommand.TOOL),
                SerialLink::open,
                path -> EdgeFeed.NONE);
        return Meters.open("um25c:" + cable.left() + ",rate=100", places);
    }

    private void serve() {
        byte[] bytes = new byte[256];
        try {
            while (true) {
                int asked = far.read(bytes, 1000);
                tester.write(bytes, 0, asked);
                int answered = tester.read(bytes, 0);
                far.write(bytes, 0, answered);
            }
        } catch (IOException cut) {
            // the cable is gone
        }
    }

    @Override
    protected void cut() throws IOException {
        cable.close();
    }

    @AfterEach
    void unplug() throws IOException {
        far.close();
        cable.close();
    }
}
