package io.spikelet.hal.instrument;

import io.spikelet.hal.meter.Meter;
import io.spikelet.hal.meter.MeterContract;
import io.spikelet.hal.sim.SimLpm01a;
import io.spikelet.hal.sim.WireFaults;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Its simulator gives what no shield could, for the load of the contract takes fifteen times what one bears. */
@Timeout(60)
class Lpm01aContractTest extends MeterContract {
    private SimulatedWire wire;

    @Override
    protected Meter atTwoAndAHalfWatts() throws IOException {
        wire = new SimulatedWire(link -> new SimLpm01a(link, nanos -> 2.5 / 2, new WireFaults()));
        return Lpm01aMeter.open(wire.link(), new Lpm01aSetup(true, true, 10_000, 2000));
    }

    @Override
    @AfterEach
    protected void cut() throws IOException {
        wire.close();
    }
}
