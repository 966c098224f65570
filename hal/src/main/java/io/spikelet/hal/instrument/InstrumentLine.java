package io.spikelet.hal.instrument;

import io.spikelet.hal.ByteLink;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The bytes that an instrument sent and nobody has used yet, with what is read from a link appended; of fixed size. */
final class InstrumentLine implements Closeable {
    private static final int READ_BYTES = 16384;

    private final ByteLink link;
    private final byte[] incoming = new byte[READ_BYTES];
    private final byte[] window;
    private int from;
    private int to;

    /** @param mostUnused how many bytes may wait, such as those of the longest line */
    InstrumentLine(ByteLink link, int mostUnused) {
        this.link = link;
        window = new byte[mostUnused + READ_BYTES];
    }

    String name() {
        return link.name();
    }

    int available() {
        return to - from;
    }

    /** An unsigned byte, so many behind the first unused one. */
    int at(int offset) {
        return window[from + offset] & 0xff;
    }

    void skip(int bytes) {
        from += bytes;
    }

    /**
     * Reads once.
     *
     * @param timeoutMillis how long to wait for the first byte
     * @return how many bytes came; 0 when none came in time
     * @throws IOException also when more waits than there is room for
     */
    int fill(int timeoutMillis) throws IOException {
        if (to + READ_BYTES > window.length) {
            System.arraycopy(window, from, window, 0, to - from);
            to -= from;
            from = 0;
            if (to + READ_BYTES > window.length) {
                throw new IOException("the instrument at " + name() + " sent " + to
                        + " bytes that belong together, more than any answer has; check that it is the one you named");
            }
        }
        int count = link.read(incoming, timeoutMillis);
        System.arraycopy(incoming, 0, window, to, count);
        to += count;
        return count;
    }

    /** The length of the first line without its end, or −1 when its {@code \n} has not come. */
    int lineLength() {
        for (int at = from; at < to; at++) {
            if (window[at] == '\n') {
                return at - from;
            }
        }
        return -1;
    }

    /** Takes the first line, without its end and without a {@code \r} there; null when none came in time. */
    String line(int timeoutMillis) throws IOException {
        long deadline = deadline(timeoutMillis);
        int length = lineLength();
        while (length < 0) {
            int left = left(deadline);
            if (fill(left) == 0 && left == 0) {
                return null;
            }
            length = lineLength();
        }
        String line = new String(window, from, length, StandardCharsets.ISO_8859_1);
        skip(length + 1);
        return line.endsWith("\r") ? line.substring(0, length - 1) : line;
    }

    void send(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        link.write(bytes, 0, bytes.length);
    }

    void send(int... bytes) throws IOException {
        byte[] all = new byte[bytes.length];
        for (int at = 0; at < all.length; at++) {
            all[at] = (byte) bytes[at];
        }
        link.write(all, 0, all.length);
    }

    /** Drops what waits and what comes until nothing came for {@code quietMillis}, at most {@code mostMillis} long. */
    void drain(int quietMillis, int mostMillis) throws IOException {
        long deadline = deadline(mostMillis);
        do {
            from = 0;
            to = 0;
        } while (fill(quietMillis) > 0 && left(deadline) > 0);
        from = 0;
        to = 0;
    }

    static long deadline(int timeoutMillis) {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    }

    /** Milliseconds until then, rounded up; 0 when it is past. */
    static int left(long deadline) {
        long nanos = deadline - System.nanoTime();
        return nanos <= 0 ? 0 : (int) TimeUnit.NANOSECONDS.toMillis(nanos + 999_999);
    }

    @Override
    public void close() throws IOException {
        link.close();
    }
}
