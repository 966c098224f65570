package io.spikelet.hal;

import java.io.IOException;
import java.util.OptionalDouble;

/** The board's own temperature. */
public interface Thermometer {
    /** Degrees Celsius, or empty when this board has no sensor that can be read. */
    OptionalDouble celsius() throws IOException;

    /** What is read, or why nothing can be read, in words for a person. */
    String source();

    /** One that reads nothing, and says why. */
    static Thermometer none(String reason) {
        return new Thermometer() {
            @Override
            public OptionalDouble celsius() {
                return OptionalDouble.empty();
            }

            @Override
            public String source() {
                return reason;
            }
        };
    }
}
