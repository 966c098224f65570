package io.spikelet.hal.instrument;

import io.spikelet.hal.ByteLink;
import io.spikelet.hal.serial.SerialLink;
import io.spikelet.hal.serial.TerminalLink;
import io.spikelet.hal.sim.SimInstrument;
import io.spikelet.hal.sim.SimPace;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.Function;

/** A simulated instrument at true pace behind a real pseudo-terminal. */
final class SimulatedWire implements Closeable {
    private final TerminalLink device;
    private final SimPace pace;

    SimulatedWire(Function<ByteLink, SimInstrument> instrument) throws IOException {
        device = TerminalLink.open();
        pace = SimPace.run(instrument.apply(device));
    }

    /** The reader's end. */
    SerialLink link() throws IOException {
        return SerialLink.open(device.path(), 115_200);
    }

    /** Pulls it; more than once does no harm. */
    @Override
    public void close() throws IOException {
        pace.close();
    }
}
