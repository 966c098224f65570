package io.spikelet.hal.board;

import java.io.IOException;

/** The power that the board or one of its parts takes at this moment. */
public interface PowerMeter {
    /** A microwatt in watts. */
    double MICRO = 1e-6;

    /** Microwatts; below 0 when current flows back. */
    long microwatts() throws IOException;

    /** The same as a reading, with the volts and amperes it was made of where the meter knows them. */
    default PowerReading reading() throws IOException {
        return PowerReading.ofPower(microwatts() * MICRO);
    }

    /** What is measured, in words for a person. */
    String source();
}
