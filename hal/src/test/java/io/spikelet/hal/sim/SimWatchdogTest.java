package io.spikelet.hal.sim;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.spikelet.hal.Clock;
import io.spikelet.hal.board.Watchdog;
import io.spikelet.hal.board.WatchdogContract;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SimWatchdogTest extends WatchdogContract {
    private long now;
    private final SimWatchdog watchdog = new SimWatchdog(
            new Clock() {
                @Override
                public long nanoTime() {
                    return now;
                }

                @Override
                public long epochMillis() {
                    return 0;
                }
            },
            20_000);

    @Override
    protected Watchdog open() {
        return watchdog;
    }

    @Override
    protected long feedings() {
        return watchdog.feedings();
    }

    @Override
    protected boolean isStopped() {
        return watchdog.isStopped();
    }

    @Test
    void shouldBiteWhenItIsNotFedInTimeAndNotWhenStopped() {
        now += TimeUnit.SECONDS.toNanos(19);
        assertFalse(watchdog.bites());
        watchdog.feed();
        now += TimeUnit.SECONDS.toNanos(21);
        assertTrue(watchdog.bites());
        watchdog.close();
        assertFalse(watchdog.bites());
    }
}
