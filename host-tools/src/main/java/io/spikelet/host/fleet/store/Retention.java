package io.spikelet.host.fleet.store;

import io.spikelet.host.fleet.Board;
import io.spikelet.host.fleet.Fleet;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets readings that are too old, board by board with a pause between, so that writing goes on meanwhile. */
public final class Retention implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Duration ROUND = Duration.ofHours(1);
    private static final long PAUSE_MILLIS = 20;

    private final FleetStore store;
    private final Fleet fleet;
    private final Duration keep;
    private final AtomicLong forgotten = new AtomicLong();
    private final Thread thread;

    /** @param keep how long readings are kept */
    public Retention(FleetStore store, Fleet fleet, Duration keep) {
        if (keep.isNegative() || keep.isZero()) {
            throw new IllegalArgumentException("readings are kept for longer than no time: keep=" + keep);
        }
        this.store = store;
        this.fleet = fleet;
        this.keep = keep;
        thread = Thread.ofPlatform().name("fleet-retention").daemon().start(this::run);
    }

    private void run() {
        try {
            while (true) {
                round();
                Thread.sleep(ROUND);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void round() throws InterruptedException {
        long before = System.currentTimeMillis() - keep.toMillis();
        for (Board board : fleet.boards()) {
            try {
                forgotten.addAndGet(store.forget(board.id(), before));
            } catch (IOException failure) {
                LOG.warn("old readings of {} stay for now: {}", board.id(), failure.getMessage());
                return;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    /** Readings forgotten so far. */
    public long forgotten() {
        return forgotten.get();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
