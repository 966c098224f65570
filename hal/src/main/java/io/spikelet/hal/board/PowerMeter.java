package io.spikelet.hal.board;

import java.io.IOException;

/** The power that the board or one of its parts takes at this moment. */
public interface PowerMeter {
    /** Microwatts; below 0 when current flows back. */
    long microwatts() throws IOException;

    /** What is measured, in words for a person. */
    String source();
}
