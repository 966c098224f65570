package io.spikelet.host.fleet.verb;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for Ctrl-C or SIGTERM, and holds the process until what must be closed is closed. */
final class UntilStopped {
    private static final long LEAVING_SECONDS = 60;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    UntilStopped() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "fleet-stop"));
    }

    private void stop() {
        asked.countDown();
        try {
            closed.await(LEAVING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether the end was asked for within that time */
    boolean within(Duration time) throws InterruptedException {
        return asked.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** All is closed. */
    void done() {
        closed.countDown();
    }
}
