package io.spikelet.hal.board;

import java.io.Closeable;
import java.io.IOException;

/** A line that something else drives. */
public interface InputPin extends Closeable {
    boolean isHigh() throws IOException;

    /** What a person calls it, such as {@code GPIO17}. */
    String name();

    @Override
    void close() throws IOException;
}
