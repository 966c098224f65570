package io.spikelet.hal;

import java.io.IOException;
import java.util.OptionalDouble;

/** The board's own temperature. */
public interface Thermometer {
    /** Degrees Celsius, or empty when this board has no sensor that can be read. */
    OptionalDouble celsius() throws IOException;

    /** What is read, or why nothing can be read, in words for a person. */
    String source();
}
