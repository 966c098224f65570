package io.spikelet.hal.board;

import java.io.Closeable;
import java.io.IOException;

/** A line that a program drives: a pin of the header, or an LED. It is low when it is opened and after it is closed. */
public interface OutputPin extends Closeable {
    /** Drives the line high (an LED shines) or low. */
    void set(boolean high) throws IOException;

    /** What a person calls it, such as {@code GPIO17}. */
    String name();

    @Override
    void close() throws IOException;
}
