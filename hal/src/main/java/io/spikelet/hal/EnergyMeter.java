package io.spikelet.hal;

import java.io.IOException;
import java.util.OptionalLong;

/** A running total of the energy that the board or one of its parts has used. */
public interface EnergyMeter {
    /** Microjoules since some fixed moment, never falling; empty when nothing can be read here. */
    OptionalLong microjoules() throws IOException;

    /**
     * How often the counter fell without saying at what it wraps, since the first call: what it counted around that is
     * missing in {@link #microjoules}.
     */
    default long gaps() {
        return 0;
    }

    /** What is measured, or why nothing can be, in words for a person. */
    String source();

    /** One that measures nothing, and says why. */
    static EnergyMeter none(String reason) {
        return new EnergyMeter() {
            @Override
            public OptionalLong microjoules() {
                return OptionalLong.empty();
            }

            @Override
            public String source() {
                return reason;
            }
        };
    }
}
