package io.spikelet.host.fleet.store;

import io.spikelet.host.fleet.BoardId;
import io.spikelet.host.fleet.BoardSnapshot;
import io.spikelet.host.fleet.Fleet;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a fleet as a store knows it, which another process writes. */
public final class StoreWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreWatch.class);
    private static final long LOOK_MILLIS = 1_000;

    /** Writers' clocks may differ by so much, and a transaction may take so long, without a change being overlooked. */
    private static final long OVERLAP_MILLIS = 3_000;

    private final FleetStore store;
    private final Fleet fleet;
    private final CollectorsHeard collectors = new CollectorsHeard();
    private final Thread thread;
    private volatile boolean closing;
    private volatile String trouble = "";

    /** @throws IOException when the store cannot be read at the start */
    public StoreWatch(FleetStore store, Fleet fleet) throws IOException {
        this.store = store;
        this.fleet = fleet;
        look(0);
        thread = Thread.ofPlatform().name("fleet-watch").daemon().start(this::run);
    }

    /** Why the store cannot be read now, or that nobody writes it, in a sentence; empty when all is well. */
    public String trouble() {
        return trouble.isEmpty() ? collectors.trouble(now()).orElse("") : trouble;
    }

    /** Whether a collector that is alive hears a board; not when the store cannot be read for a while. */
    public boolean hears(BoardId board) {
        return collectors.hears(board, now());
    }

    /** Whether any collector is alive. */
    public boolean anyCollector() {
        return collectors.anyAlive(now());
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    private void run() {
        long since = System.currentTimeMillis();
        try {
            while (!closing) {
                Thread.sleep(LOOK_MILLIS);
                long before = System.currentTimeMillis();
                try {
                    look(since - OVERLAP_MILLIS);
                    since = before;
                    trouble = "";
                } catch (IOException failure) {
                    if (trouble.isEmpty()) {
                        LOG.warn("{}; it is tried again", failure.getMessage());
                    }
                    trouble = failure.getMessage();
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(long since) throws IOException {
        for (BoardSnapshot board : store.boardsChangedSince(since)) {
            fleet.board(board.id(), board.since()).ifPresent(known -> known.restore(board));
        }
        collectors.look(store.beats(), System.currentTimeMillis(), now());
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
