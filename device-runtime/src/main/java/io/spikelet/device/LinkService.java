package io.spikelet.device;

import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one link open on a thread of its own: opens, carries messages until it fails, waits, opens again. */
abstract class LinkService implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LinkService.class);

    /** How long one wait on the link may last, so that a stop is noticed. */
    static final int POLL_MILLIS = 200;

    /** A link that is lost sooner than this has not held: waits go on growing, and a person is told why that may be. */
    private static final long HELD_NANOS = 20_000_000_000L;

    private final String name;
    private volatile boolean stopped;
    private volatile boolean tried;
    private volatile boolean open;
    private volatile long openedAt;
    private long longestWaitMillis = Backoff.LONGEST_MILLIS;

    /** @param name what a person calls the link */
    LinkService(String name) {
        this.name = name;
    }

    /**
     * Opens the link and carries messages until {@link #isStopped}, calling {@link #opened} once it serves.
     *
     * @throws IOException when it cannot be opened or is lost
     */
    abstract void serve() throws IOException, InterruptedException;

    @Override
    public final void run() {
        Backoff backoff = new Backoff(ThreadLocalRandom.current(), longestWaitMillis);
        boolean told = false;
        try {
            while (!stopped) {
                try {
                    serve();
                } catch (IOException e) {
                    boolean wasOpen = open;
                    open = false;
                    tried = true;
                    if (wasOpen && System.nanoTime() - openedAt >= HELD_NANOS) {
                        backoff.clear();
                        told = false;
                    } else if (wasOpen && !told) {
                        LOG.warn("{} was lost soon after it opened; does another board use the same name?", name);
                    }
                    if (!stopped && !told) {
                        LOG.warn("{}: {}; trying again until it works", name, e.getMessage());
                        told = true;
                    }
                    LOG.debug("{} failed", name, e);
                    pause(backoff.nextMillis());
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{} was told to stop", name);
        } catch (RuntimeException e) {
            LOG.error("a fault in this program; {} serves no more", name, e);
        } finally {
            open = false;
            tried = true;
        }
    }

    /** How long at most to wait between two tries; before the thread starts. */
    final void waitAtMost(long millis) {
        longestWaitMillis = millis;
    }

    private synchronized void pause(long millis) throws InterruptedException {
        if (!stopped) {
            wait(millis);
        }
    }

    /** Notes that the link serves. */
    final void opened() {
        LOG.info("{} is open", name);
        openedAt = System.nanoTime();
        open = true;
        tried = true;
    }

    final boolean isStopped() {
        return stopped;
    }

    /** Whether the first try has come to an end, well or not. */
    final boolean hasTried() {
        return tried;
    }

    final boolean isOpen() {
        return open;
    }

    final String name() {
        return name;
    }

    /** Asks the thread to end within {@link #POLL_MILLIS}. */
    final synchronized void stop() {
        stopped = true;
        notifyAll();
    }
}
