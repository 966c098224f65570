package io.spikelet.host.link;

import java.io.IOException;
import java.util.OptionalLong;

/**
 * How a board's process and disk do (docs/wire.md).
 *
 * @param uptimeSeconds since the process began
 * @param heapBytes of Java's heap in use
 * @param heapMostBytes that it may have
 * @param residentBytes of memory that the process holds, where the system tells
 * @param freeBytes left on the disk of the board's folder, where it can be measured
 * @param lastStart what it did, for a person
 * @param selfTest what the last one found
 * @param failures tasks that failed
 * @param awaitsReset whether a setting holds only from the next reset on
 */
public record BoardHealth(
        long uptimeSeconds,
        long heapBytes,
        long heapMostBytes,
        OptionalLong residentBytes,
        OptionalLong freeBytes,
        String lastStart,
        String selfTest,
        long failures,
        boolean awaitsReset) {

    static BoardHealth of(SmpReply reply) throws IOException {
        return new BoardHealth(
                reply.integer("uptime"),
                reply.integer("heap"),
                reply.integer("heapmax"),
                reply.optionalInteger("resident"),
                reply.optionalInteger("free"),
                reply.text("start"),
                reply.text("selftest"),
                reply.integer("failures"),
                reply.flag("waits", false));
    }
}
