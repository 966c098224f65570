package io.spikelet.hal.sim;

import java.io.Closeable;

/** Edges of a pin while they come, such as those of another process of this machine. It never waits. One thread. */
public interface EdgeFeed extends Closeable {
    /** Takes the next edge, if there is one; {@link #nanos} and {@link #isHigh} then tell of it. */
    boolean next();

    /** When the edge was driven, by {@link System#nanoTime}, which on Linux all processes of a machine share. */
    long nanos();

    /** The level after the edge. */
    boolean isHigh();

    @Override
    void close();
}
