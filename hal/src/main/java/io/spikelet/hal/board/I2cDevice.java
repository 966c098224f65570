package io.spikelet.hal.board;

import java.io.Closeable;
import java.io.IOException;

/** A chip on an I²C bus that is spoken to by registers. Not for several threads at once. */
public interface I2cDevice extends Closeable {
    /**
     * Sends the register's number and reads from there without a stop between.
     *
     * @param register 0..255
     * @param into filled as a whole
     * @throws IOException when the chip did not answer
     */
    void read(int register, byte[] into) throws IOException;

    /**
     * Sends the register's number and bytes for it.
     *
     * @param register 0..255
     * @throws IOException when the chip did not answer
     */
    void write(int register, byte... bytes) throws IOException;

    /** A 16-bit register, most significant byte first, as 0..65535. */
    default int readWord(int register) throws IOException {
        byte[] word = new byte[Short.BYTES];
        read(register, word);
        return (word[0] & 0xff) << 8 | word[1] & 0xff;
    }

    /** Writes the low 16 bits of {@code value}, most significant byte first. */
    default void writeWord(int register, int value) throws IOException {
        write(register, (byte) (value >> 8), (byte) value);
    }

    /** What a person calls it, such as {@code bus 1, address 0x40}. */
    String name();

    @Override
    void close() throws IOException;
}
