package io.spikelet.host.link;

import io.spikelet.smp.SmpMessage;
import java.io.Closeable;
import java.io.IOException;

/** Carries whole SMP messages to one board and back; some may be lost, come twice or out of order. One thread. */
public interface SmpTransport extends Closeable {

    void send(byte[] message) throws IOException;

    /**
     * The next message from the board, waiting at most {@code timeoutMillis}; null when none came.
     *
     * @throws IOException when the link is broken: {@link #reopen} it
     */
    byte[] receive(int timeoutMillis) throws IOException;

    /** Closes the link, however broken, and opens it anew. */
    void reopen() throws IOException;

    /**
     * The largest message that this way carries without harm, for messages that may as well be smaller. Larger ones are
     * carried too, up to what the board takes.
     */
    default int comfortableBytes() {
        return SmpMessage.MAX_BYTES;
    }

    /**
     * Bytes that the way's framing puts beside a message into the server's buffer, whose size the parameters tell: servers
     * in C receive a serial frame's length and checksum into the same buffer.
     */
    default int framingBytes() {
        return 0;
    }

    /** What a person calls this way to the board, such as {@code /dev/ttyACM0}. */
    String name();

    @Override
    void close() throws IOException;
}
