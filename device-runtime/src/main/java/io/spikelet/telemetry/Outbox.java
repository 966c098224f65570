package io.spikelet.telemetry;

import io.spikelet.hal.Store;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Records on their way to the broker, oldest first: the newest in memory, what waits longer in {@link OutboxSegments} on
 * the store. Nothing is written while a broker takes each record soon. Bounded; the oldest are dropped and counted. One
 * thread.
 *
 * <p>What {@link #flush} has written survives a power cut. A record is known by its number: after a cut a record may be
 * sent again under the number it had, and never under another.
 */
final class Outbox {
    /** The least bound: a few segments and what one write adds. */
    static final long LEAST_BYTES = 128 << 10;

    private static final int MEMORY_BYTES = 64 << 10;

    /** A record, and its frame on the store. */
    record InMemory(TelemetryRecord record, byte[] frame) {}

    private final long maxBytes;
    private final OutboxSegments segments;
    private final Deque<InMemory> memory = new ArrayDeque<>();
    private Store store;
    private int memoryBytes;
    private int start;
    private long last;
    private long durable;
    private long confirmed;
    private long dropped;
    private long passed;
    private OutboxProgress kept;

    private Outbox(Store store, long maxBytes) {
        this.store = store;
        this.maxBytes = maxBytes;
        segments = new OutboxSegments(store);
    }

    /**
     * Opens what an earlier start left, and counts this start.
     *
     * @param maxBytes on the store, {@link #LEAST_BYTES} or more
     */
    static Outbox open(Store store, long maxBytes) throws IOException {
        if (maxBytes < LEAST_BYTES) {
            throw new IllegalArgumentException("maxBytes must be " + LEAST_BYTES + " or more: maxBytes=" + maxBytes);
        }
        Outbox outbox = new Outbox(store, maxBytes);
        outbox.load();
        return outbox;
    }

    private void load() throws IOException {
        OutboxProgress progress = OutboxProgress.read(store).orElse(new OutboxProgress(0, 0, 0, 0));
        confirmed = progress.confirmed();
        passed = progress.passed();
        dropped = progress.dropped() + segments.load(confirmed);
        durable = segments.last();
        start = Math.max(progress.start(), TelemetryRecord.startOf(durable)) + 1;
        last = TelemetryRecord.numberBefore(start);
        keep();
        release();
    }

    /** The number of the board's present start. */
    int start() {
        return start;
    }

    /** The number that the next record is to have. */
    long nextNumber() {
        return last + 1;
    }

    /** The number of the newest record; of none when it is the number before the first of this start. */
    long last() {
        return last;
    }

    /** The broker has all up to this number, or they were dropped. */
    long confirmed() {
        return confirmed;
    }

    /** Records dropped since the first start, for want of room. */
    long dropped() {
        return dropped;
    }

    /** The store has all up to this number, as far as the broker does not have them. */
    long durable() {
        return durable;
    }

    /** Calendar time that the board is sure to have passed, as {@link #keep} wrote it last; 0 when it knows none. */
    long passed() {
        return passed;
    }

    /** For the next {@link #keep}. */
    void passed(long epochMillis) {
        passed = Math.max(passed, epochMillis);
    }

    List<Stamp> undated() throws IOException {
        return segments.undated(confirmed);
    }

    List<RecordCodec.Anchor> anchors() {
        return segments.anchors();
    }

    /** Records that the broker is not known to have. */
    long waiting() throws IOException {
        long safe = Math.max(confirmed, durable);
        long unwritten =
                memory.stream().filter(each -> each.record().number() > safe).count();
        return segments.countAfter(confirmed) + unwritten;
    }

    /** The store was closed and is open again, as another object. */
    void use(Store reopened) {
        store = reopened;
        segments.use(reopened);
    }

    /** Adds the newest record; {@link #nextNumber} is its number. */
    void add(TelemetryRecord record) throws IOException {
        if (record.number() != nextNumber()) {
            throw new IllegalArgumentException("the next record has number " + nextNumber() + ": " + record.number());
        }
        byte[] frame = RecordCodec.frame(record);
        last = record.number();
        memory.add(new InMemory(record, frame));
        memoryBytes += frame.length;
        bringMemoryIntoBounds();
    }

    /** Bytes that {@link #flush} would write. */
    int unwritten() {
        int bytes = 0;
        for (Iterator<InMemory> newest = memory.descendingIterator(); newest.hasNext(); ) {
            InMemory each = newest.next();
            if (each.record().number() <= Math.max(confirmed, durable)) {
                break;
            }
            bytes += each.frame().length;
        }
        return bytes;
    }

    /** Confirmed records stay in memory as long as there is room: a host may say that it lacks the last ones. */
    private void bringMemoryIntoBounds() throws IOException {
        while (memoryBytes > MEMORY_BYTES && memory.peek().record().number() <= Math.max(confirmed, durable)) {
            memoryBytes -= memory.remove().frame().length;
        }
        if (memoryBytes > MEMORY_BYTES) {
            boolean written = false;
            try {
                flush();
                written = true;
            } finally {
                while (memoryBytes > MEMORY_BYTES) {
                    memoryBytes -= memory.remove().frame().length;
                    dropped += written ? 0 : 1; // the store does not take it, and memory is full
                }
            }
        }
    }

    /** Says when a start was, for the records of that start that have no calendar time; on the store at once. */
    void anchor(RecordCodec.Anchor anchor) throws IOException {
        segments.anchor(anchor, !segments.isEmpty() || unwritten() > 0);
    }

    /** Writes what only memory has and the broker is not known to have: one append, one sync. */
    void flush() throws IOException {
        List<InMemory> fresh = memory.stream()
                .filter(each -> each.record().number() > Math.max(confirmed, durable))
                .toList();
        if (fresh.isEmpty()) {
            return;
        }
        byte[] frames =
                new byte[fresh.stream().mapToInt(each -> each.frame().length).sum()];
        int at = 0;
        for (InMemory each : fresh) {
            System.arraycopy(each.frame(), 0, frames, at, each.frame().length);
            at += each.frame().length;
        }
        makeRoom(frames.length);
        segments.append(frames, fresh);
        durable = fresh.getLast().record().number();
    }

    private void makeRoom(int bytes) throws IOException {
        while (!segments.isEmpty() && segments.bytesWith(bytes) > maxBytes) {
            dropped += segments.inOldestAfter(confirmed);
            confirmed = Math.max(confirmed, segments.oldest().last());
            keep(); // before the file goes, so that a cut between counts each record once
            segments.removeOldest();
        }
    }

    /** The first record after a number; empty when there is none. */
    Optional<TelemetryRecord> after(long number) throws IOException {
        if (number >= last) {
            return Optional.empty();
        }
        if (memory.isEmpty() || memory.peekFirst().record().number() > number + 1) {
            Optional<TelemetryRecord> stored = segments.after(number);
            if (stored.isPresent()) {
                return stored;
            }
        }
        return memory.stream()
                .map(InMemory::record)
                .filter(record -> record.number() > number)
                .findFirst();
    }

    /** The broker has all records up to this number. */
    void confirm(long number) throws IOException {
        if (number > confirmed) {
            confirmed = Math.min(number, last);
            release();
        }
    }

    /** Gives up the records up to this number that the broker is not known to have. */
    void leaveOut(long number) throws IOException {
        for (Optional<TelemetryRecord> next = after(confirmed);
                next.isPresent() && next.get().number() <= number;
                next = after(next.get().number())) {
            dropped++;
        }
        confirm(number);
    }

    /**
     * The host has records up to this number and no later one, whatever the broker took: what is still had is to be sent
     * again.
     */
    void rewind(long number) {
        long oldest = memory.isEmpty() ? last + 1 : memory.peekFirst().record().number();
        oldest = Math.min(oldest, segments.first().orElse(oldest));
        confirmed = Math.min(confirmed, Math.max(number, oldest - 1));
    }

    private void release() throws IOException {
        while (!segments.isEmpty() && segments.oldest().last() <= confirmed) {
            segments.removeOldest();
        }
    }

    /** Puts on the store how far it is; a cut before it sends again what was confirmed since the last time. */
    void keep() throws IOException {
        OutboxProgress now = new OutboxProgress(start, confirmed, dropped, passed);
        if (!now.equals(kept)) {
            now.write(store);
            kept = now;
        }
    }
}
