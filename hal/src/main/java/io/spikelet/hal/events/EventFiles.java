package io.spikelet.hal.events;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Opens recordings, whose format is told by their first bytes and not by their name: Event Stream 2.x, Prophesee EVT
 * 2.0, AEDAT 2.0 and 3.1, N-MNIST. They are read as they are polled, never whole; docs/events.md describes each.
 */
public final class EventFiles {
    private EventFiles() {}

    /**
     * Opens a file.
     *
     * @throws EventFormatException when it is of no format known here, or its header is damaged
     * @throws IOException when it cannot be read
     */
    public static EventSource open(Path file) throws IOException {
        return read(file.toString(), Files.newInputStream(file));
    }

    /**
     * Reads a recording from a stream, such as an archive's entry; closing the source closes the stream, and so does a
     * refusal.
     *
     * @param name what a person calls it, for sentences
     */
    public static EventSource read(String name, InputStream stream) throws IOException {
        return opened(name, stream, EventFiles::recognise);
    }

    /**
     * Reads a recording in N-MNIST's format from a sensor of another size, such as N-Caltech101's; nothing in it would
     * tell.
     *
     * @param width columns, 1..256
     * @param height rows, 1..240
     */
    public static EventSource readNmnist(String name, InputStream stream, int width, int height) throws IOException {
        if (width < 1 || width > 256 || height < 1 || height > NmnistEvents.OVERFLOW_ROW) {
            throw new IllegalArgumentException(
                    "width must be 1..256 and height 1..240: width=" + width + ", height=" + height);
        }
        return opened(name, stream, bytes -> new NmnistEvents(bytes, width, height));
    }

    private interface Opening {
        EventSource of(ByteFeed bytes) throws IOException;
    }

    private static EventSource opened(String name, InputStream stream, Opening opening) throws IOException {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(stream, "stream");
        try {
            return opening.of(new ByteFeed(name, stream));
        } catch (IOException | RuntimeException refused) {
            stream.close();
            throw refused;
        }
    }

    private static EventSource recognise(ByteFeed bytes) throws IOException {
        if (bytes.startsWith(EventStreamEvents.MAGIC)) {
            return EventStreamEvents.open(bytes);
        } else if (bytes.startsWith(AedatHeader.MAGIC)) {
            return AedatHeader.open(bytes);
        } else if (bytes.startsWith("%")) {
            return Evt2Events.open(bytes);
        } else if (NmnistEvents.looksLike(bytes)) {
            return new NmnistEvents(bytes, NmnistEvents.SIDE, NmnistEvents.SIDE);
        }
        throw bytes.malformed(
                0,
                "is no event recording that can be told by its first bytes; give Event Stream 2, EVT 2.0, AEDAT 2.0 or"
                        + " 3.1, or N-MNIST");
    }
}
