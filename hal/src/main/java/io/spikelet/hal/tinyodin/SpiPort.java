package io.spikelet.hal.tinyodin;

import java.io.Closeable;
import java.io.IOException;

/** An SPI bus in mode 0, most significant bit first. The chip has no chip select: every clock pulse is its own. */
public interface SpiPort extends Closeable {
    /** The most bytes of one {@link #transfer}: 512 transactions, within the 4096 bytes that spidev takes. */
    int MOST_BYTES = 512 * SpiCode.BYTES;

    /**
     * Clocks bytes out and, at the same pulses, in.
     *
     * @param send {@code length} bytes from 0
     * @param receive takes as many
     * @param length 1..{@link #MOST_BYTES}
     * @throws java.net.SocketTimeoutException when the other end of the port did not answer in time
     * @throws IOException when the port failed
     */
    void transfer(byte[] send, byte[] receive, int length) throws IOException;

    /** What a person calls it, such as {@code /dev/spidev0.0}. */
    String name();

    @Override
    void close() throws IOException;
}
