package io.spikelet.hal.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What every watchdog keeps to. */
public abstract class WatchdogContract {
    protected WatchdogContract() {}

    /** One that waits for 20 seconds. */
    protected abstract Watchdog open() throws IOException;

    /** How often it was fed so far. */
    protected abstract long feedings() throws IOException;

    /** Whether it was told to stop. */
    protected abstract boolean isStopped() throws IOException;

    @Test
    void shouldTakeEachFeeding() throws IOException {
        Watchdog watchdog = open();
        for (int i = 1; i <= 3; i++) {
            watchdog.feed();
            assertEquals(i, feedings());
        }
        assertFalse(isStopped());
        watchdog.close();
    }

    @Test
    void shouldSayHowLongItWaits() throws IOException {
        try (Watchdog watchdog = open()) {
            assertEquals(20_000, watchdog.timeoutMillis());
            assertFalse(watchdog.name().isBlank());
        }
    }

    @Test
    void shouldStopWhenItIsClosed() throws IOException {
        open().close();
        assertTrue(isStopped());
    }
}
