package io.spikelet.hal.attach;

import io.spikelet.hal.meter.Meter;
import java.io.IOException;

class I2cMeterTest extends OpenedMeterContract {
    @Override
    protected Meter atTwoAndAHalfWatts() throws IOException {
        chip.measure(50_000_000, 5_000_000);
        return Meters.open("ina226,bus=1,address=0x40,rate=200", places());
    }

    @Override
    protected void cut() {
        chip.setSilent(true);
    }
}
