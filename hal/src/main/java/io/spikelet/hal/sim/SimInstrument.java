package io.spikelet.hal.sim;

import java.io.Closeable;
import java.io.IOException;

/** A simulated instrument at the far end of a wire. */
public interface SimInstrument extends Closeable {
    /**
     * Answers what was asked and sends what has become due.
     *
     * @param nowNanos true time, never falling
     * @return 0 when there was nothing to do
     * @throws IOException when the wire is gone
     */
    int doWork(long nowNanos) throws IOException;

    /** Samples taken since its start, lost ones among them. */
    long taken();

    /** Samples taken since its start and never sent. */
    long lost();
}
