package io.spikelet.hal.events;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** A recording's bytes one after another, through a buffer of fixed size, with where one is. */
final class ByteFeed implements Closeable {
    /** The longest line of a text header; what is longer is no header. */
    private static final int MAX_LINE_BYTES = 1 << 16;

    private final String name;
    private final InputStream bytes;
    private final byte[] buffer = new byte[8192];
    private long bufferOffset;
    private int position;
    private int filled;

    ByteFeed(String name, InputStream bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    String name() {
        return name;
    }

    /** The offset of the next byte from the start. */
    long offset() {
        return bufferOffset + position;
    }

    /** The next byte, 0..255, or -1 at the end. */
    int next() throws IOException {
        if (position == filled) {
            bufferOffset += filled;
            position = 0;
            filled = Math.max(0, bytes.read(buffer));
            if (filled == 0) {
                return -1;
            }
        }
        return buffer[position++] & 0xff;
    }

    /** The next byte of something that has begun. */
    int require(String inside) throws IOException {
        int next = next();
        if (next < 0) {
            throw malformed(offset(), "ends inside " + inside + "; the copy is not whole, fetch it again");
        }
        return next;
    }

    int littleEndian16(String inside) throws IOException {
        int low = require(inside);
        return require(inside) << 8 | low;
    }

    int littleEndian32(String inside) throws IOException {
        int low = littleEndian16(inside);
        return littleEndian16(inside) << 16 | low;
    }

    int bigEndian32(String inside) throws IOException {
        return Integer.reverseBytes(littleEndian32(inside));
    }

    /** Passes over bytes. */
    void skip(long count, String inside) throws IOException {
        for (long left = count; left > 0; left--) {
            require(inside);
        }
    }

    /**
     * A byte at the very start without taking it; only before any was taken.
     *
     * @param index 0..8191
     * @return 0..255, or -1 beyond the end
     */
    int peek(int index) throws IOException {
        while (filled <= index) {
            int count = bytes.read(buffer, filled, buffer.length - filled);
            if (count <= 0) {
                return -1;
            }
            filled += count;
        }
        return buffer[index] & 0xff;
    }

    /** Whether the bytes begin with a text; only before any was taken. */
    boolean startsWith(String text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            if (peek(i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the next byte is this one, without taking it. */
    boolean nextIs(int value) throws IOException {
        if (next() < 0) {
            return false;
        }
        position--;
        return (buffer[position] & 0xff) == value;
    }

    /** The rest of a header's line without its LF or CR LF. */
    String line() throws IOException {
        long start = offset();
        StringBuilder line = new StringBuilder();
        for (int next = require("its text header"); next != '\n'; next = require("its text header")) {
            if (line.length() == MAX_LINE_BYTES) {
                throw malformed(start, "has a header line of more than " + MAX_LINE_BYTES + " bytes");
            }
            line.append((char) next);
        }
        boolean carriageReturn = !line.isEmpty() && line.charAt(line.length() - 1) == '\r';
        return line.substring(0, carriageReturn ? line.length() - 1 : line.length());
    }

    EventFormatException malformed(long offset, String reason) {
        return new EventFormatException(name, offset, reason);
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
