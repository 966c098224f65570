package io.spikelet.hal;

import java.io.Closeable;
import java.io.IOException;

/** A two-way stream of bytes: a serial line or its like. Used by one reader and one writer. */
public interface ByteLink extends Closeable {

    /**
     * Reads what is there, waiting at most {@code timeoutMillis} for the first byte.
     *
     * @return how many bytes were read into {@code into}; 0 when none came in time
     * @throws IOException when the other end is gone or the device failed; close and open anew
     */
    int read(byte[] into, int timeoutMillis) throws IOException;

    /** Writes all bytes, or throws when the line does not take them within its deadline. */
    void write(byte[] bytes, int offset, int length) throws IOException;

    /** What a person calls it, such as {@code /dev/ttyACM0}. */
    String name();

    @Override
    void close() throws IOException;
}
