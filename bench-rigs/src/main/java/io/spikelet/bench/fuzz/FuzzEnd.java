package io.spikelet.bench.fuzz;

import java.io.Closeable;
import java.io.IOException;

/** A hostile client's end of one link. */
public interface FuzzEnd extends Closeable {

    /**
     * Sends the next hostile frame, and takes in what answers came meanwhile.
     *
     * @return its bytes
     */
    int sendHostile() throws IOException;

    /** Asks honestly and waits for the answer to this request; null when it did not come in time. */
    byte[] ask(byte[] message, int timeoutMillis) throws IOException;

    /** Asks for the board's name as the MLPerf Tiny runner does, where this link has one that answers runners. */
    default void askRunner() throws IOException {}

    /** Answers that came to hostile frames. */
    long answers();

    String name();

    @Override
    void close() throws IOException;
}
