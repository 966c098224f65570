package io.spikelet.hal.tinyodin;

import io.spikelet.hal.ByteLink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Cuts what comes over a link into lines, of bounded length. */
final class LineReader {
    private final ByteLink link;
    private final byte[] chunk = new byte[1024];
    private final byte[] line = new byte[Lines.MOST_CHARACTERS];
    private int chunkAt;
    private int chunkEnd;
    private int length;

    LineReader(ByteLink link) {
        this.link = link;
    }

    /**
     * The next line, without its end; a byte that is not ASCII becomes U+FFFD.
     *
     * @param deadlineNanos of {@link System#nanoTime}
     * @return null when the line did not come to its end in time; the next call goes on with it
     * @throws IOException when the line is too long, or the link failed
     */
    String read(long deadlineNanos) throws IOException {
        while (true) {
            while (chunkAt < chunkEnd) {
                byte next = chunk[chunkAt++];
                if (next == '\n') {
                    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
                    length = 0;
                    return new String(line, 0, end, StandardCharsets.US_ASCII);
                }
                if (length == line.length) {
                    throw new IOException(
                            "a line of more than " + line.length + " characters came from " + link.name());
                }
                line[length++] = next;
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
            if (left <= 0) {
                return null;
            }
            chunkEnd = link.read(chunk, (int) Math.min(left, Integer.MAX_VALUE));
            chunkAt = 0;
        }
    }
}
