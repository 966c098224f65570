package io.spikelet.hal.sim;

import io.spikelet.hal.meter.Meter;
import io.spikelet.hal.meter.MeterAccuracy;
import io.spikelet.hal.meter.MeterContract;
import io.spikelet.hal.meter.MeterTraits;
import java.util.List;

class SimMeterContractTest extends MeterContract {
    private static final MeterTraits TRAITS = new MeterTraits(
            "sim", "a simulated meter", 1000, true, new MeterAccuracy(.01, .001, .0001), 50, 1, Double.POSITIVE_INFINITY);

    @Override
    protected Meter atTwoAndAHalfWatts() {
        SimMeterFaults faults = SimMeterFaults.none(7).withDisconnect(2_000_000_000);
        return SimMeter.virtual(TRAITS, PowerTrace.constant(2.5), faults, 5, List.of(), Long.MAX_VALUE);
    }

    @Override
    protected void cut() {
        // pulled after 2 s of its own time, which the reads reach
    }
}
