package io.spikelet.hal.events;

import java.io.Closeable;
import java.io.IOException;

/**
 * A sensor's events, from a file or while they happen. Events come in the order in which they were recorded; their
 * times may run backwards where the sensor's did. The origin is the upper left corner. Used by one thread.
 */
public interface EventSource extends Closeable {

    /** What {@link #poll} returns once there are no more events. */
    int END = -1;

    /** Columns of the sensor, 1..65536; every x is below. */
    int width();

    /** Rows of the sensor, 1..65536; every y is below. */
    int height();

    /**
     * Adds the next events to a buffer, as many as there are and it has room for. A file is read at once; a live
     * source is waited for until its first event comes.
     *
     * @param timeoutMillis how long to wait for a live source, not negative
     * @return how many were added; 0 when none came in time; {@link #END} when there are no more
     * @throws EventFormatException when the bytes are not of the format; the events before them are in the buffer, and
     *     each later call throws again
     * @throws IOException when the file or the link failed
     * @throws IllegalArgumentException when the buffer has no room
     */
    int poll(EventBuffer into, int timeoutMillis) throws IOException;

    /** What a person calls it: a file's name or a link's. */
    String name();

    @Override
    void close() throws IOException;
}
