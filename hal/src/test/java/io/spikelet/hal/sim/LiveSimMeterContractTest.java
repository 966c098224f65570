package io.spikelet.hal.sim;

import io.spikelet.hal.meter.Meter;
import io.spikelet.hal.meter.MeterAccuracy;
import io.spikelet.hal.meter.MeterContract;
import io.spikelet.hal.meter.MeterTraits;

class LiveSimMeterContractTest extends MeterContract {
    private static final MeterTraits TRAITS = new MeterTraits(
            "sim", "a simulated meter", 1000, false, new MeterAccuracy(.01, .001, 0), 50, 1, Double.POSITIVE_INFINITY);

    @Override
    protected Meter atTwoAndAHalfWatts() {
        SimMeterFaults faults = SimMeterFaults.none(7).withDisconnect(600_000_000);
        return SimMeter.live(TRAITS, PowerTrace.constant(2.5), faults, 5, EdgeFeed.NONE);
    }

    @Override
    protected void cut() {
        // pulled after 0.6 s
    }
}
