package io.spikelet.bench.rig;

import io.spikelet.hal.meter.MeterAccuracy;
import io.spikelet.hal.meter.MeterTraits;
import io.spikelet.hal.sim.PowerTrace;
import io.spikelet.hal.sim.SimMeter;
import io.spikelet.hal.sim.SimMeterFaults;
import java.io.IOException;

/** Which meter a run gets. */
final class MeterChoice {
    private MeterChoice() {}

    static ChosenMeter open(String words) throws IOException {
        MeterTraits traits = new MeterTraits("sim", "a simulated load of 1 W", 1000, false, new MeterAccuracy(.01, 1e-4, 1e-5), 20, 0, 1);
        return new ChosenMeter(SimMeter.live(traits, PowerTrace.constant(1), SimMeterFaults.none(1).withNoise(.01, 0), 5, new io.spikelet.hal.sim.EdgeFeed() {
            public boolean next() { return false; }
            public long nanos() { return 0; }
            public boolean isHigh() { return false; }
            public void close() {}
        }), "no meter was named", true);
    }
}
