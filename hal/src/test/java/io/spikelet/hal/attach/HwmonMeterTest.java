package io.spikelet.hal.attach;

import io.spikelet.hal.meter.Meter;
import java.io.IOException;

class HwmonMeterTest extends OpenedMeterContract {
    @Override
    protected Meter atTwoAndAHalfWatts() throws IOException {
        files().chip("hwmon2", "ina219", 5, .5);
        return Meters.open("hwmon,rate=200", places());
    }

    @Override
    protected void cut() throws IOException {
        files().silence();
    }
}
