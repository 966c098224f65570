package io.spikelet.host.fleet.store;

import io.spikelet.host.fleet.Board;
import io.spikelet.host.fleet.BoardId;
import io.spikelet.host.fleet.BoardSnapshot;
import io.spikelet.host.fleet.Fleet;
import io.spikelet.host.fleet.FleetEvent;
import io.spikelet.host.fleet.Reading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes in batches on a thread of its own. What comes in waits in a bounded queue; what finds no room is dropped and
 * counted. A batch that fails is tried again until it is written.
 */
public final class StoreWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreWriter.class);

    /** Messages, not readings: at 5,000 a second some fifty seconds, for a disk that is busy with something else. */
    static final int MAX_WAITING_MESSAGES = 1 << 18;

    private static final int MAX_WAITING_EVENTS = 1 << 16;
    private static final int MAX_BATCH_READINGS = 400_000;

    /**
     * Each board has its own pages in the store, so that its past is read fast. A batch touches a page of each board that
     * spoke; the longer the batch, the more readings share one.
     */
    private static final long BATCH_MILLIS = 2_000;

    private static final long RETRY_MILLIS = 1_000;
    private static final long LEAVING_MILLIS = 30_000;

    private final FleetStore store;
    private final Fleet fleet;
    private final BlockingQueue<List<Reading>> waiting = new ArrayBlockingQueue<>(MAX_WAITING_MESSAGES);
    private final BlockingQueue<FleetEvent> waitingEvents = new ArrayBlockingQueue<>(MAX_WAITING_EVENTS);
    private final Map<BoardId, Long> written = new HashMap<>();
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong droppedEvents = new AtomicLong();
    private final Thread thread;
    private volatile Supplier<Optional<CollectorBeat>> alive = Optional::empty;
    private volatile boolean closing;
    private volatile String trouble = "";
    private boolean droppingSaid;
    private boolean presentIsLate;
    private long beatAt = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(CollectorBeat.EVERY_MILLIS);

    public StoreWriter(FleetStore store, Fleet fleet) {
        this.store = store;
        this.fleet = fleet;
        thread = Thread.ofPlatform().name("fleet-store").start(this::run);
    }

    /** Takes the readings of one message; at once. */
    public void add(List<Reading> readings) {
        if (!readings.isEmpty() && !waiting.offer(readings)) {
            dropped.addAndGet(readings.size());
        }
    }

    public void add(FleetEvent event) {
        if (!waitingEvents.offer(event)) {
            droppedEvents.incrementAndGet();
        }
    }

    /** Writes from now on, behind the batches, that the collector is alive, as long as it says so. */
    public void tellAlive(Supplier<Optional<CollectorBeat>> beat) {
        alive = beat;
    }

    /** Readings written. */
    public long stored() {
        return stored.get();
    }

    /** Readings and events that found no room. */
    public long dropped() {
        return dropped.get() + droppedEvents.get();
    }

    /** Messages that wait to be written. */
    public int waitingMessages() {
        return waiting.size();
    }

    /** Why nothing can be written now, in a sentence; empty when all is well. */
    public String trouble() {
        return trouble;
    }

    private void run() {
        try {
            while (!closing) {
                if (writeUntilDone(batch(BATCH_MILLIS)) && !presentIsLate) {
                    tellAlive();
                }
            }
            FleetStore.Batch last = batch(0);
            while (!last.isEmpty() && writeUntilDone(last)) {
                last = batch(0);
            }
        } catch (InterruptedException givenUp) {
            LOG.warn("{} messages were not stored: the store did not take them in time", waiting.size());
        }
    }

    private void tellAlive() {
        Optional<CollectorBeat> beat = alive.get();
        long now = System.nanoTime();
        if (beat.isEmpty() || now - beatAt < TimeUnit.MILLISECONDS.toNanos(CollectorBeat.EVERY_MILLIS - BATCH_MILLIS)) {
            return;
        }
        try {
            store.beat(beat.get());
            beatAt = now;
        } catch (IOException failure) {
            LOG.warn("{}; that this collector is alive is told later", failure.getMessage());
        }
    }

    private FleetStore.Batch batch(long patienceMillis) throws InterruptedException {
        List<Reading> readings = new ArrayList<>();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
        while (readings.size() < MAX_BATCH_READINGS) {
            long left = deadline - System.nanoTime();
            List<Reading> next = left > 0 && !closing ? waiting.poll(left, TimeUnit.NANOSECONDS) : waiting.poll();
            if (next == null) {
                break;
            }
            readings.addAll(next);
        }
        List<FleetEvent> events = new ArrayList<>();
        waitingEvents.drainTo(events, MAX_BATCH_READINGS);
        // What is late already is not held up by what the next batch says as well.
        boolean late = !closing && waiting.size() > MAX_WAITING_MESSAGES / 8;
        presentIsLate = late;
        return new FleetStore.Batch(readings, late ? List.of() : changedBoards(), events);
    }

    private List<BoardSnapshot> changedBoards() {
        List<BoardSnapshot> changed = new ArrayList<>();
        for (Board board : fleet.boards()) {
            long version = board.version();
            Long before = written.put(board.id(), version);
            if (before == null || before != version) {
                changed.add(board.snapshot());
            }
        }
        return changed;
    }

    /** @return false when the batch was given up because the process is to end */
    private boolean writeUntilDone(FleetStore.Batch batch) throws InterruptedException {
        if (batch.isEmpty()) {
            return true;
        }
        while (true) {
            try {
                store.write(batch);
                if (!trouble.isEmpty()) {
                    LOG.warn("the store takes readings again");
                    trouble = "";
                }
                stored.addAndGet(batch.readings().size());
                sayWhatWasDropped();
                return true;
            } catch (IOException failure) {
                if (trouble.isEmpty()) {
                    LOG.warn("{}; readings wait", failure.getMessage());
                }
                trouble = failure.getMessage();
                if (closing) {
                    dropped.addAndGet(batch.readings().size());
                    LOG.warn("{} readings are lost: {}", batch.readings().size(), failure.getMessage());
                    return false;
                }
                Thread.sleep(RETRY_MILLIS);
            }
        }
    }

    private void sayWhatWasDropped() {
        if (!droppingSaid && dropped() > 0) {
            droppingSaid = true;
            LOG.warn("the store is too slow: {} readings were dropped so far; the count goes on", dropped());
        }
    }

    /** Writes what waits, and ends. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(LEAVING_MILLIS);
            if (thread.isAlive()) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
