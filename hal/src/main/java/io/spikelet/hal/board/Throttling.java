package io.spikelet.hal.board;

import java.io.IOException;
import java.util.Optional;

/** Whether the board holds itself back, for want of voltage or for heat. */
public interface Throttling {
    /** The state now, or empty when this board does not tell. */
    Optional<ThrottlingState> state() throws IOException;

    /** What is read, or why nothing can be, in words for a person. */
    String source();
}
