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
 * @param wholeMachine whether it measures the machine that it is in, of which the board is a part at most
 * @param seesOwnPin whether a board of ours on this machine can mark windows for it by its pin
 */
record ChosenMeter(Meter meter, String why, boolean simulated, boolean wholeMachine, boolean seesOwnPin)
        implements Closeable {
    @Override
    public void close() throws IOException {
        meter.close();
    }
}
