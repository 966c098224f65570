package io.spikelet.hal.board;

import java.io.Closeable;
import java.io.IOException;

/** A timer that restarts the board unless it is fed in time. It runs from the moment it is opened. */
public interface Watchdog extends Closeable {
    /** Begins its time anew. */
    void feed() throws IOException;

    /** How long it waits, in milliseconds. */
    long timeoutMillis();

    /** What a person calls it, such as {@code /dev/watchdog0}. */
    String name();

    /** Stops it: for an orderly end alone. What ends otherwise leaves it running, and the board starts anew. */
    @Override
    void close() throws IOException;
}
