package io.spikelet.adapt;

import io.spikelet.adapt.AdaptationEvent.Kind;
import io.spikelet.hal.Store;
import io.spikelet.model.MalformedDataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Two files an image, written in turn, each replaced as a whole: whenever power goes, the newer of those that are whole is
 * the last checkpoint or the one before. Bound to the image by the digest inside. Big endian:
 *
 * <pre>
 * 0       4         8               40           48           52
 * | SPKA  | version | image hash 32 | number i64 | length u32 | the service's state | crc32c u32 of all before |
 * </pre>
 */
public final class Checkpoints {
    static final String PREFIX = "adapt-";

    private static final int MAGIC = 0x53504b41;
    private static final int VERSION = 1;
    private static final int HASH_BYTES = 32;
    private static final int HASH_OFFSET = 2 * Integer.BYTES;
    private static final int NUMBER_OFFSET = HASH_OFFSET + HASH_BYTES;
    private static final int LENGTH_OFFSET = NUMBER_OFFSET + Long.BYTES;
    private static final int STATE_OFFSET = LENGTH_OFFSET + Integer.BYTES;

    private final Store store;
    private final String imageHash;
    private final AdaptationService service;
    private long number;
    private long takenAtLast;

    /** @param imageHash 64 hex digits */
    public Checkpoints(Store store, String imageHash, AdaptationService service) {
        this.store = store;
        this.imageHash = imageHash;
        this.service = service;
    }

    private static String fileName(String imageHash, long number) {
        return PREFIX + imageHash + (number % 2 == 0 ? "-a.bin" : "-b.bin");
    }

    /** Samples that a power cut would lose now. */
    public long atRisk() {
        return Math.max(0, service.taken() - takenAtLast);
    }

    /** Writes a checkpoint when the interval is over. */
    public void writeIfDue() throws IOException {
        if (atRisk() >= service.settings().checkpointInterval()) {
            write();
        }
    }

    /** Writes a checkpoint; durable when it returns. */
    public void write() throws IOException {
        int length = service.savedBytes();
        ByteBuffer file = ByteBuffer.allocate(STATE_OFFSET + length + Integer.BYTES)
                .putInt(MAGIC)
                .putInt(VERSION)
                .put(HexFormat.of().parseHex(imageHash))
                .putLong(number + 1)
                .putInt(length);
        service.save(file);
        file.putInt(checksum(file.array(), file.position()));
        store.write(fileName(imageHash, number + 1), file.array());
        number++;
        takenAtLast = service.taken();
    }

    /**
     * Brings the service to the newest whole checkpoint, and records in its history what was found.
     *
     * @return one sentence for the log, or empty when nothing was ever written
     */
    public Optional<String> restore() throws IOException {
        Optional<Found> first = read(0);
        Optional<Found> second = read(1);
        List<Found> newestFirst = java.util.stream.Stream.concat(first.stream(), second.stream())
                .sorted((a, b) -> Long.compare(b.number, a.number))
                .toList();
        if (newestFirst.isEmpty()) {
            return Optional.empty();
        }
        String refused = "";
        for (Found found : newestFirst) {
            number = Math.max(number, found.number);
            try {
                boolean otherIsDamaged = newestFirst.getLast().number < 0;
                return Optional.of(refused + restore(found, otherIsDamaged));
            } catch (MalformedDataException e) {
                refused += "checkpoint in " + found.name + " cannot be used: " + e.getMessage() + "; ";
            }
        }
        service.recordStart(Kind.NOT_RESTORED, newestFirst.size());
        return Optional.of(refused + "adapts from the image's own weights");
    }

    /** @param otherIsDamaged whether the other file may have been the newer one */
    private String restore(Found found, boolean otherIsDamaged) throws MalformedDataException {
        ByteBuffer state = state(found.file, imageHash);
        boolean whole = service.restore(state);
        takenAtLast = service.taken();
        int interval = service.settings().checkpointInterval();
        int atMost = (otherIsDamaged ? 2 : 1) * interval - 1;
        service.recordStart(Kind.RESTORED, atMost);
        return "adapts from checkpoint " + found.number + " at sample " + service.taken() + "; up to " + atMost
                + " samples after it may be lost"
                + (otherIsDamaged ? "; the other checkpoint is damaged" : "")
                + (whole ? "" : "; its replay memory and guard set are of other sizes and begin empty");
    }

    /** @param number −1 where the file is not whole */
    private record Found(String name, byte[] file, long number) {}

    private Optional<Found> read(int which) throws IOException {
        String name = fileName(imageHash, which);
        return store.read(name).map(file -> new Found(name, file, isWhole(file) ? numberOf(file) : -1));
    }

    private static long numberOf(byte[] file) {
        return ByteBuffer.wrap(file).getLong(NUMBER_OFFSET);
    }

    private static boolean isWhole(byte[] file) {
        int end = file.length - Integer.BYTES;
        return end >= STATE_OFFSET && ByteBuffer.wrap(file).getInt(end) == checksum(file, end);
    }

    private static ByteBuffer state(byte[] file, String imageHash) throws MalformedDataException {
        ByteBuffer in = ByteBuffer.wrap(file);
        if (!isWhole(file)) {
            throw new MalformedDataException(Math.max(0, file.length - Integer.BYTES), "its checksum does not hold");
        }
        if (in.getInt(0) != MAGIC || in.getInt(Integer.BYTES) != VERSION) {
            throw new MalformedDataException(0, "it is not of version " + VERSION);
        }
        if (!HexFormat.of().formatHex(file, HASH_OFFSET, NUMBER_OFFSET).equals(imageHash)) {
            throw new MalformedDataException(HASH_OFFSET, "it belongs to another image");
        }
        if (in.getInt(LENGTH_OFFSET) != file.length - STATE_OFFSET - Integer.BYTES
                || in.getInt(LENGTH_OFFSET) < AdaptationCounters.savedBytes() + EventHistory.savedBytes()) {
            throw new MalformedDataException(LENGTH_OFFSET, "it has another length than it says");
        }
        return in.limit(file.length - Integer.BYTES).position(STATE_OFFSET);
    }

    /** Removes the checkpoints of images that lie in no slot any more. */
    public static void sweep(Store store, Set<String> imageHashes) throws IOException {
        for (String name : store.list()) {
            if (name.startsWith(PREFIX) && imageHashes.stream().noneMatch(hash -> name.startsWith(PREFIX + hash))) {
                store.delete(name);
            }
        }
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
