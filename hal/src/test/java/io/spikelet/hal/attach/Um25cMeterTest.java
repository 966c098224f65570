package io.spikelet.hal.attach;

import io.spikelet.hal.meter.Meter;
import java.io.IOException;

class Um25cMeterTest extends OpenedMeterContract {
    @Override
    protected Meter atTwoAndAHalfWatts() throws IOException {
        tester.measure(5, .5);
        return Meters.open("um25c:/dev/rfcomm0,rate=200", places());
    }

    @Override
    protected void cut() {
        tester.setConnected(false);
    }
}
