package io.spikelet.hal.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What every line that is driven keeps to. */
public abstract class OutputPinContract {
    protected OutputPinContract() {}

    protected abstract OutputPin open() throws IOException;

    /** The level, seen from outside. */
    protected abstract boolean isHigh() throws IOException;

    @Test
    void shouldBeLowAtFirstAndAfterItIsClosed() throws IOException {
        OutputPin pin = open();
        assertFalse(isHigh());
        pin.set(true);
        pin.close();
        assertFalse(isHigh());
    }

    @Test
    void shouldFollowWhatItIsSetTo() throws IOException {
        try (OutputPin pin = open()) {
            for (boolean high : new boolean[] {true, true, false, true, false, false}) {
                pin.set(high);
                assertEquals(high, isHigh());
            }
        }
    }

    @Test
    void shouldHaveAName() throws IOException {
        try (OutputPin pin = open()) {
            assertFalse(pin.name().isBlank());
        }
    }
}
