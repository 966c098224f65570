package io.spikelet.hal.board;

import java.io.Closeable;
import java.io.IOException;

/** The pins and buses that were found. What is not there is refused in a sentence and never made up. */
public interface BoardHardware extends Closeable {
    /**
     * A pin to drive, low at first.
     *
     * @param gpio the number of the processor's line, as in {@code GPIO17}, not of the header's pin
     * @throws HardwareUnavailableException when this board has none, or another program holds it
     */
    OutputPin output(int gpio) throws IOException;

    /**
     * A pin to read, with neither pull-up nor pull-down.
     *
     * @param gpio as in {@link #output}
     * @throws HardwareUnavailableException when this board has none, or another program holds it
     */
    InputPin input(int gpio) throws IOException;

    /**
     * A chip on a bus; whether it answers is told by the first read.
     *
     * @throws HardwareUnavailableException when there is no such bus, or this user may not use it
     */
    I2cDevice i2c(I2cAddress where) throws IOException;

    /** What was found, in words for a person. */
    String name();

    /** Lets pins and buses go. */
    @Override
    void close() throws IOException;
}
