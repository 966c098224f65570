package io.spikelet.hal.instrument;

import io.spikelet.hal.meter.Meter;
import io.spikelet.hal.meter.MeterContract;
import io.spikelet.hal.sim.SimScpi;
import io.spikelet.hal.sim.WireFaults;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ScpiContractTest extends MeterContract {
    private SimulatedWire wire;

    @Override
    protected Meter atTwoAndAHalfWatts() throws IOException {
        wire = new SimulatedWire(link -> new SimScpi(link, nanos -> 2.5 / 5, new WireFaults()));
        return ScpiMeter.open(wire.link(), new ScpiSetup(ScpiSetup.Way.INTEGRATED, 0, 0.1, 1, 5));
    }

    @Override
    @AfterEach
    protected void cut() throws IOException {
        wire.close();
    }
}
