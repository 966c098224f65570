package io.spikelet.hal.attach;

import io.spikelet.hal.meter.Meter;
import io.spikelet.hal.meter.MeterTraits;
import io.spikelet.hal.meter.SampleBlock;
import java.io.IOException;

/** A meter of which its user promises something else than its data sheet does. */
record DeclaredMeter(Meter meter, MeterTraits traits) implements Meter {
    @Override
    public void start() throws IOException {
        meter.start();
    }

    @Override
    public int read(SampleBlock into, int timeoutMillis) throws IOException {
        return meter.read(into, timeoutMillis);
    }

    @Override
    public void stop() throws IOException {
        meter.stop();
    }

    @Override
    public void close() throws IOException {
        meter.close();
    }
}
