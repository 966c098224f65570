package io.spikelet.telemetry;

import io.spikelet.hal.Store;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Records on their way to the broker, oldest first: the newest in memory, what waits longer in segments on the store.
 * Nothing is written while a broker takes each record soon. Bounded; the oldest are dropped and counted. One thread.
 *
 * <p>What {@link #flush} has written survives a power cut. A record is known by its number: after a cut a record may be
 * sent again under the number it had, and never under another.
 */
final class Outbox {
    /** The least bound: two segments and what one write adds. */
    static final long LEAST_BYTES = 128 << 10;

    private static final int SEGMENT_BYTES = 32 << 10;
    private static final int MEMORY_BYTES = 64 << 10;

    private final long maxBytes;
    private final Deque<OutboxSegment> segments = new ArrayDeque<>();
    private final Deque<InMemory> memory = new ArrayDeque<>();
    private final List<RecordCodec.Anchor> anchors = new ArrayList<>();
    private Store store;
    private int memoryBytes;
    private int start;
    private long last;
    private long durable;
    private long confirmed;
    private long dropped;
    private OutboxProgress kept;
    private long passed;
    private int nextIndex = 1;
    private boolean tornTail;
    private List<TelemetryRecord> loaded = List.of();
    private int loadedIndex = -1;

    private record InMemory(TelemetryRecord record, byte[] frame) {}

    private Outbox(Store store, long maxBytes) {
        this.store = store;
        this.maxBytes = maxBytes;
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
        Optional<OutboxProgress> progress = OutboxProgress.read(store);
        confirmed = progress.map(OutboxProgress::confirmed).orElse(0L);
        dropped = progress.map(OutboxProgress::dropped).orElse(0L);
        passed = progress.map(OutboxProgress::passed).orElse(0L);
        store.list().stream()
                .flatMap(file -> OutboxSegment.indexOf(file).stream())
                .sorted()
                .forEach(index -> segments.add(new OutboxSegment(index)));
        int lastStart = progress.map(OutboxProgress::start).orElse(0);
        boolean damaged = false;
        for (OutboxSegment segment : segments) {
            OutboxSegment.Content content = segment.read(store);
            anchors.addAll(content.anchors());
            if (damaged) {
                dropped += missingBefore(segment);
            }
            damaged = content.bytes() < segment.bytes();
            lastStart = Math.max(lastStart, TelemetryRecord.startOf(segment.last()));
            durable = Math.max(durable, segment.last());
            nextIndex = segment.index() + 1;
        }
        tornTail = true; // the last segment may end in half a frame: what comes goes into a new one
        start = lastStart + 1;
        last = TelemetryRecord.numberBefore(start);
        keep();
        release();
    }

    /** How many records a damaged segment must have held before this one. */
    private long missingBefore(OutboxSegment next) {
        long before = Math.max(confirmed, durable);
        boolean sameStart = TelemetryRecord.startOf(next.first()) == TelemetryRecord.startOf(before);
        return sameStart ? Math.max(0, next.first() - before - 1) : 0;
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

    /** The records of earlier starts without calendar time: for each start that nobody knows when it was, its last. */
    List<Stamp> undated() throws IOException {
        Map<Integer, Stamp> found = new TreeMap<>();
        for (OutboxSegment segment : segments) {
            for (TelemetryRecord record : content(segment)) {
                if (!record.stamp().calendar() && record.number() > confirmed) {
                    found.put(record.stamp().start(), record.stamp());
                }
            }
        }
        anchors.forEach(anchor -> found.remove(anchor.start()));
        return List.copyOf(found.values());
    }

    List<RecordCodec.Anchor> anchors() {
        return List.copyOf(anchors);
    }

    /** Records that the broker is not known to have. */
    long waiting() throws IOException {
        long waiting = 0;
        long counted = confirmed;
        for (OutboxSegment segment : segments) {
            waiting += segment.recordsAfter(counted, store);
            counted = Math.max(counted, segment.last());
        }
        for (InMemory each : memory) {
            waiting += each.record().number() > Math.max(confirmed, durable) ? 1 : 0;
        }
        return waiting;
    }

    /** The store was closed and is open again, as another object. */
    void use(Store reopened) {
        store = reopened;
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
        anchors.add(anchor);
        if (!segments.isEmpty() || unwritten() > 0) {
            append(RecordCodec.frame(anchor), List.of());
        }
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
        append(frames, fresh);
        durable = fresh.getLast().record().number();
    }

    private void append(byte[] frames, List<InMemory> fresh) throws IOException {
        makeRoom(frames.length);
        OutboxSegment segment = segments.peekLast();
        boolean begins = segment == null || tornTail || segment.bytes() >= SEGMENT_BYTES;
        byte[] written = frames;
        if (begins) {
            segment = new OutboxSegment(nextIndex++);
            segments.add(segment); // also when the append fails: then it may be there in part
            byte[] header = OutboxSegment.header();
            written = new byte[header.length + frames.length];
            System.arraycopy(header, 0, written, 0, header.length);
            System.arraycopy(frames, 0, written, header.length, frames.length);
        }
        tornTail = true;
        store.append(segment.file(), written, 0, written.length);
        tornTail = false;
        segment.grewWithoutRecord(written.length
                - fresh.stream().mapToInt(each -> each.frame().length).sum());
        for (InMemory each : fresh) {
            segment.grew(each.record().number(), each.frame().length);
        }
        if (loadedIndex == segment.index()) {
            loadedIndex = -1;
        }
    }

    private void makeRoom(int bytes) throws IOException {
        while (!segments.isEmpty()
                && segments.stream().mapToLong(OutboxSegment::bytes).sum() + bytes + OutboxSegment.header().length
                        > maxBytes) {
            OutboxSegment oldest = segments.getFirst();
            dropped += oldest.recordsAfter(confirmed, store);
            confirmed = Math.max(confirmed, oldest.last());
            keep(); // before the file goes, so that a cut between counts each record once
            remove(oldest);
        }
    }

    private void remove(OutboxSegment segment) throws IOException {
        store.delete(segment.file());
        segments.remove(segment);
    }

    /** The first record after a number; empty when there is none. */
    Optional<TelemetryRecord> after(long number) throws IOException {
        if (number >= last) {
            return Optional.empty();
        }
        if (memory.isEmpty() || memory.peekFirst().record().number() > number + 1) {
            for (OutboxSegment segment : segments) {
                if (segment.last() > number) {
                    Optional<TelemetryRecord> found = content(segment).stream()
                            .filter(record -> record.number() > number)
                            .findFirst();
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return memory.stream()
                .map(InMemory::record)
                .filter(record -> record.number() > number)
                .findFirst();
    }

    private List<TelemetryRecord> content(OutboxSegment segment) throws IOException {
        if (loadedIndex != segment.index()) {
            loaded = segment.read(store).records();
            loadedIndex = segment.index();
        }
        return loaded;
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
        if (!segments.isEmpty() && !segments.getFirst().isEmpty()) {
            oldest = Math.min(oldest, segments.getFirst().first());
        }
        confirmed = Math.min(confirmed, Math.max(number, oldest - 1));
    }

    private void release() throws IOException {
        while (!segments.isEmpty() && segments.getFirst().last() <= confirmed) {
            remove(segments.getFirst());
        }
        if (segments.isEmpty()) {
            anchors.clear();
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
