package io.spikelet.bench.rig;

import io.spikelet.hal.meter.Meter;
import java.io.Closeable;
import java.io.IOException;

/**
 * The meter of a run.
 *
 * @param meter open, not started
 * @param why it is that one, for a person: the words that named it, or what was found on this machine
 * @param simulated whether its power is made up
 */
record ChosenMeter(Meter meter, String why, boolean simulated) implements Closeable {
    @Override
    public void close() throws IOException {
        meter.close();
    }
}
