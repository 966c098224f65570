package io.spikelet.hal.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What every meter of power keeps to, at 5 V and half an ampere. */
public abstract class PowerMeterContract {
    protected PowerMeterContract() {}

    /** A meter whose load takes half an ampere at 5 V. */
    protected abstract PowerMeter atTwoAndAHalfWatts() throws IOException;

    /** From here on nothing can be read. */
    protected abstract void cut() throws IOException;

    @Test
    void shouldReadMicrowatts() throws IOException {
        assertEquals(2_500_000, atTwoAndAHalfWatts().microwatts());
    }

    @Test
    void shouldSayWhatIsMeasured() throws IOException {
        PowerMeter meter = atTwoAndAHalfWatts();
        meter.microwatts();
        assertFalse(meter.source().isBlank());
    }

    @Test
    void shouldFailInASentenceWhenNothingCanBeRead() throws IOException {
        PowerMeter meter = atTwoAndAHalfWatts();
        cut();
        IOException failure = assertThrows(IOException.class, meter::microwatts);
        assertTrue(failure.getMessage().length() > 20, failure.getMessage());
    }
}
