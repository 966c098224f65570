package io.spikelet.hal.attach;

import io.spikelet.hal.ByteLink;
import io.spikelet.hal.meter.Meter;
import io.spikelet.hal.meter.MeterTraits;
import io.spikelet.hal.meter.Polled;
import io.spikelet.hal.meter.PolledMeter;
import io.spikelet.hal.meter.Um25c;
import java.io.IOException;

/** Meters at the end of a serial line. */
final class LineMeters {
    private static final double USUAL_VOLTS = 5;

    /** An answer takes 136 ms on the line; the tester measures twice a second. */
    private static final double TESTER_RATE = 2;

    private static final double SYSTEM_PPM = 100;

    private LineMeters() {}

    /** {@code um25c:/dev/rfcomm0,volts=5,rate=2}. */
    static Meter um25c(MeterWords words, MeterPlaces places) throws IOException {
        String path = words.requirePlace("um25c:/dev/rfcomm0");
        double volts = words.positive("volts", USUAL_VOLTS);
        double rate = words.positive("rate", TESTER_RATE);
        words.requireAllUsed();
        ByteLink link = places.lines().open(path, Um25c.BAUD);
        Um25c tester = new Um25c(link);
        MeterTraits traits = new MeterTraits(
                "um25c",
                tester.source() + ", accuracy by its maker's table",
                rate,
                false,
                Um25c.accuracy(volts),
                SYSTEM_PPM,
                0,
                Um25c.maximumAmps());
        return new PolledMeter(Polled.power(tester), traits, link);
    }
}
