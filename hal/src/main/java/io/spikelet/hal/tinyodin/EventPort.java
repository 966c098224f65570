package io.spikelet.hal.tinyodin;

import java.io.Closeable;
import java.io.IOException;

/**
 * The chip's two address-event buses and its reset pin. The port acknowledges the chip's spikes as long as it has room for
 * them; a chip whose spike is not acknowledged stands still.
 */
public interface EventPort extends Closeable {
    /**
     * Puts events on the input bus, one after the other, each until the chip acknowledges it or the port's patience ends.
     * An event that was not acknowledged stays on the bus: offering it again waits on, {@link #reset} withdraws it.
     *
     * @param events 10 bits each
     * @return how many of {@code count} from {@code offset} were acknowledged
     * @throws IOException when the port failed, or another event than the next one still is on the bus
     */
    int offer(int[] events, int offset, int count) throws IOException;

    /**
     * Takes spikes that came out, oldest first.
     *
     * @param spikes takes {@code cycle << 8 | neuron} each; the cycle is the chip's clock where the port knows it, else 0
     * @return how many; 0 when there is none now
     */
    int take(long[] spikes) throws IOException;

    /** Whether the chip has nothing left to do; waits for that as long as the port's patience lasts. */
    boolean idle() throws IOException;

    /** Pulses RST. Spikes and events on their way are dropped; memories and configuration registers stay. */
    void reset() throws IOException;

    String name();

    @Override
    void close() throws IOException;
}
