package io.spikelet.hal.instrument;

import io.spikelet.hal.meter.Meter;
import io.spikelet.hal.meter.MeterContract;
import io.spikelet.hal.sim.SimPpk2;
import io.spikelet.hal.sim.WireFaults;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class Ppk2ContractTest extends MeterContract {
    private SimulatedWire wire;

    @Override
    protected Meter atTwoAndAHalfWatts() throws IOException {
        wire = new SimulatedWire(link -> new SimPpk2(link, nanos -> 2.5 / 5, new WireFaults()));
        return Ppk2Meter.open(wire.link(), new Ppk2Supply(true, 5000));
    }

    @Override
    @AfterEach
    protected void cut() throws IOException {
        wire.close();
    }
}
