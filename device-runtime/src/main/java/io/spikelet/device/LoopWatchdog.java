package io.spikelet.device;

import io.spikelet.hal.board.Watchdog;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds a watchdog from the duty cycle's own turns, four times in the time it waits: a loop that hangs feeds nothing. */
final class LoopWatchdog {
    private static final Logger LOG = LoggerFactory.getLogger(LoopWatchdog.class);
    private static final int FEEDINGS_A_TIMEOUT = 4;

    private final Watchdog watchdog;
    private final long periodNanos;
    private boolean fed;
    private long fedAt;
    private boolean said;

    /** @param watchdog running, or null for none */
    LoopWatchdog(Watchdog watchdog) {
        this.watchdog = watchdog;
        this.periodNanos =
                watchdog == null ? 0 : TimeUnit.MILLISECONDS.toNanos(watchdog.timeoutMillis()) / FEEDINGS_A_TIMEOUT;
    }

    /** Feeds it when it is time. */
    void turn(long nowNanos) {
        if (watchdog == null || fed && nowNanos - fedAt < periodNanos) {
            return;
        }
        try {
            watchdog.feed();
            fed = true;
            fedAt = nowNanos;
        } catch (IOException e) {
            if (!said) {
                said = true;
                LOG.error("{} takes no feeding and will restart this board: {}", watchdog.name(), e.getMessage());
            }
        }
    }

    /** Stops it: at an orderly end alone. */
    void stop() throws IOException {
        if (watchdog != null) {
            watchdog.close();
        }
    }
}
