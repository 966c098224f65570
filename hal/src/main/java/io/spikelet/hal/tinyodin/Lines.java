package io.spikelet.hal.tinyodin;

import java.io.Closeable;
import java.io.IOException;

/**
 * The line protocol of docs/tinyodin.md from the asking side: one line there, one line back. Behind it lies whatever has
 * a chip: a simulation of the RTL, an FPGA, a transcript.
 */
@FunctionalInterface
public interface Lines extends Closeable {
    /** Of a line without its end, either way. */
    int MOST_CHARACTERS = 8192;

    /**
     * Asks.
     *
     * @param request without line end
     * @return the answer, without line end
     * @throws java.net.SocketTimeoutException when no answer came in time; nothing more can be asked then
     */
    String ask(String request) throws IOException;

    /** What a person calls it. */
    default String name() {
        return "lines";
    }

    @Override
    default void close() throws IOException {}
}
