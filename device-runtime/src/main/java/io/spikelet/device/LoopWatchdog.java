package io.spikelet.device;

import io.spikelet.hal.board.Watchdog;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds watchdogs from the duty cycle's own turns, four times in the time each waits: a loop that hangs feeds nothing. */
final class LoopWatchdog {
    private static final Logger LOG = LoggerFactory.getLogger(LoopWatchdog.class);
    private static final int FEEDINGS_A_TIMEOUT = 4;

    private final List<Fed> fed;

    /** @param watchdogs running; none is well */
    LoopWatchdog(List<Watchdog> watchdogs) {
        fed = watchdogs.stream().map(Fed::new).toList();
    }

    /** Feeds those whose time it is. */
    void turn(long nowNanos) {
        for (Fed one : fed) {
            one.turn(nowNanos);
        }
    }

    /** Stops them: at an orderly end alone. */
    void stop() throws IOException {
        for (Fed one : fed) {
            one.watchdog.close();
        }
    }

    private static final class Fed {
        private final Watchdog watchdog;
        private final long periodNanos;
        private boolean isFed;
        private long fedAt;
        private boolean said;

        Fed(Watchdog watchdog) {
            this.watchdog = watchdog;
            periodNanos = TimeUnit.MILLISECONDS.toNanos(watchdog.timeoutMillis()) / FEEDINGS_A_TIMEOUT;
        }

        void turn(long nowNanos) {
            if (isFed && nowNanos - fedAt < periodNanos) {
                return;
            }
            try {
                watchdog.feed();
                isFed = true;
                fedAt = nowNanos;
            } catch (IOException e) {
                if (!said) {
                    said = true;
                    LOG.error("{} takes no feeding and will restart this board: {}", watchdog.name(), e.getMessage());
                }
            }
        }
    }
}
