package io.spikelet.host.monitor;

import java.io.Closeable;
import java.io.IOException;

/** Where a view comes from. */
public interface MonitorSource extends Closeable {

    /**
     * Waits for news and puts it into the view; returns at the latest after {@code millis}.
     *
     * @throws IOException when there is no hope of more; a board or broker that is away for a while is a state of the view
     */
    void await(BoardView view, int millis) throws IOException, InterruptedException;
}
