package io.spikelet.telemetry;

import io.spikelet.hal.Store;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The outbox's files, oldest first. What is appended goes into the last until it is full or its end is not whole. */
final class OutboxSegments {
    private static final int SEGMENT_BYTES = 32 << 10;

    private final Deque<OutboxSegment> segments = new ArrayDeque<>();
    private final List<RecordCodec.Anchor> anchors = new ArrayList<>();
    private Store store;
    private int nextIndex = 1;
    private boolean tornTail;
    private List<TelemetryRecord> loaded = List.of();
    private int loadedIndex = -1;

    OutboxSegments(Store store) {
        this.store = store;
    }

    /** The store was closed and is open again, as another object. */
    void use(Store reopened) {
        store = reopened;
    }

    /**
     * Finds what an earlier start left.
     *
     * @param confirmed records up to this number are of no interest
     * @return how many later records damaged segments must have held
     */
    long load(long confirmed) throws IOException {
        store.list().stream()
                .flatMap(file -> OutboxSegment.indexOf(file).stream())
                .sorted()
                .forEach(index -> segments.add(new OutboxSegment(index)));
        long missing = 0;
        long last = confirmed;
        boolean damaged = false;
        for (OutboxSegment segment : segments) {
            OutboxSegment.Content content = segment.read(store);
            anchors.addAll(content.anchors());
            boolean sameStart = TelemetryRecord.startOf(segment.first()) == TelemetryRecord.startOf(last);
            if (damaged && sameStart) {
                missing += Math.max(0, segment.first() - last - 1);
            }
            damaged = content.bytes() < segment.bytes();
            last = Math.max(last, segment.last());
            nextIndex = segment.index() + 1;
        }
        tornTail = true; // the last segment may end in half a frame: what comes goes into a new one
        return missing;
    }

    boolean isEmpty() {
        return segments.isEmpty();
    }

    /** The number of the last record; 0 when there is none. */
    long last() {
        return segments.stream().mapToLong(OutboxSegment::last).max().orElse(0);
    }

    /** The number of the first record; empty when there is none. */
    Optional<Long> first() {
        return segments.stream()
                .filter(segment -> !segment.isEmpty())
                .map(OutboxSegment::first)
                .findFirst();
    }

    List<RecordCodec.Anchor> anchors() {
        return List.copyOf(anchors);
    }

    /** Notes when a start was; on the store at once where that may matter. */
    void anchor(RecordCodec.Anchor anchor, boolean matters) throws IOException {
        anchors.add(anchor);
        if (matters) {
            append(RecordCodec.frame(anchor), List.of());
        }
    }

    /** For each start without calendar time that nobody knows when it was, its last stamp above this record. */
    List<Stamp> undated(long confirmed) throws IOException {
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

    /** Records above this number. */
    long countAfter(long number) throws IOException {
        long count = 0;
        long counted = number;
        for (OutboxSegment segment : segments) {
            count += segment.recordsAfter(counted, store);
            counted = Math.max(counted, segment.last());
        }
        return count;
    }

    /** Bytes on the store, with as many more, and with the header of a new segment. */
    long bytesWith(int more) {
        return segments.stream().mapToLong(OutboxSegment::bytes).sum() + more + OutboxSegment.header().length;
    }

    OutboxSegment oldest() {
        return segments.getFirst();
    }

    /** How many records above a number the oldest segment holds. */
    int inOldestAfter(long number) throws IOException {
        return oldest().recordsAfter(number, store);
    }

    void removeOldest() throws IOException {
        store.delete(oldest().file());
        segments.removeFirst();
        if (segments.isEmpty()) {
            anchors.clear();
        }
    }

    /** One append, one sync. */
    void append(byte[] frames, List<Outbox.InMemory> records) throws IOException {
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
        int ofRecords = records.stream().mapToInt(each -> each.frame().length).sum();
        segment.grewWithoutRecord(written.length - ofRecords);
        for (Outbox.InMemory each : records) {
            segment.grew(each.record().number(), each.frame().length);
        }
        if (loadedIndex == segment.index()) {
            loadedIndex = -1;
        }
    }

    /** The first record after a number; empty when there is none. */
    Optional<TelemetryRecord> after(long number) throws IOException {
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
        return Optional.empty();
    }

    private List<TelemetryRecord> content(OutboxSegment segment) throws IOException {
        if (loadedIndex != segment.index()) {
            loaded = segment.read(store).records();
            loadedIndex = segment.index();
        }
        return loaded;
    }
}
