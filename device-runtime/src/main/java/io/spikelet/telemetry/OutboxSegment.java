package io.spikelet.telemetry;

import io.spikelet.hal.Store;
import io.spikelet.model.MalformedDataException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file of the outbox: a header, then frames ({@link RecordCodec}) up to the end or to the first that is not whole.
 *
 * <pre>
 * 0       4         8        12       16
 * | magic | version | length | CRC32C | names of metrics (length bytes): u16 count, each u16 length and UTF-8 | frames
 * </pre>
 */
final class OutboxSegment {
    static final int HEADER = 16;
    private static final int MAGIC = 0x53504f53; // "SPOS"
    private static final int VERSION = 1;
    private static final int MAX_NAMES_BYTES = 65_536;
    private static final Pattern NAME = Pattern.compile("outbox-(\\d{1,9})\\.seg");

    private final int index;
    private long first;
    private long last;
    private int records;
    private long bytes;

    OutboxSegment(int index) {
        this.index = index;
    }

    /** The number in a file's name; empty when it is no segment. */
    static Optional<Integer> indexOf(String file) {
        Matcher matcher = NAME.matcher(file);
        return matcher.matches() ? Optional.of(Integer.parseInt(matcher.group(1))) : Optional.empty();
    }

    String file() {
        return String.format(Locale.ROOT, "outbox-%06d.seg", index);
    }

    int index() {
        return index;
    }

    /** The number of the first record; 0 when there is none. */
    long first() {
        return first;
    }

    /** The number of the last record; 0 when there is none. */
    long last() {
        return last;
    }

    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return records == 0;
    }

    /** Records whose number is above the given one. */
    int recordsAfter(long number, Store store) throws IOException {
        if (number < first) {
            return records;
        }
        return number >= last
                ? 0
                : (int) read(store).records().stream()
                        .filter(record -> record.number() > number)
                        .count();
    }

    void grew(long number, int by) {
        first = records == 0 ? number : first;
        last = number;
        records++;
        bytes += by;
    }

    void grewWithoutRecord(int by) {
        bytes += by;
    }

    /** What a segment holds. */
    record Content(List<TelemetryRecord> records, List<RecordCodec.Anchor> anchors, long bytes) {}

    /** Reads the file and notes what is in it; what follows the last whole frame is left out. */
    Content read(Store store) throws IOException {
        byte[] file = store.read(file()).orElse(new byte[0]);
        List<TelemetryRecord> found = new ArrayList<>();
        List<RecordCodec.Anchor> anchors = new ArrayList<>();
        Optional<String[]> names = names(file);
        int at = names.isEmpty() ? 0 : HEADER + ByteBuffer.wrap(file).getInt(8);
        while (names.isPresent() && at < file.length) {
            try {
                RecordCodec.Frame frame = RecordCodec.read(file, at, names.get());
                frame.record().ifPresent(found::add);
                frame.anchor().ifPresent(anchors::add);
                at += frame.bytes();
            } catch (MalformedDataException cutOff) {
                break;
            }
        }
        records = found.size();
        first = found.isEmpty() ? 0 : found.getFirst().number();
        last = found.isEmpty() ? 0 : found.getLast().number();
        bytes = file.length;
        return new Content(found, anchors, at);
    }

    private static Optional<String[]> names(byte[] file) {
        if (file.length < HEADER) {
            return Optional.empty();
        }
        ByteBuffer header = ByteBuffer.wrap(file);
        int magic = header.getInt();
        int version = header.getInt();
        int length = header.getInt();
        int checksum = header.getInt();
        if (magic != MAGIC
                || version != VERSION
                || length < 2
                || length > MAX_NAMES_BYTES
                || file.length - HEADER < length
                || RecordCodec.checksum(file, HEADER, length) != checksum) {
            return Optional.empty();
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(file, HEADER, length))) {
            String[] names = new String[in.readUnsignedShort()];
            for (int i = 0; i < names.length; i++) {
                names[i] = in.readUTF();
            }
            return Optional.of(names);
        } catch (IOException | IllegalArgumentException inside) {
            return Optional.empty();
        }
    }

    /** The header of a segment that this runtime begins. */
    static byte[] header() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(new byte[HEADER]);
            BoardMetric[] metrics = BoardMetric.values();
            out.writeShort(metrics.length);
            for (BoardMetric metric : metrics) {
                out.writeUTF(metric.wireName());
            }
        } catch (IOException neverOfMemory) {
            throw new UncheckedIOException(neverOfMemory);
        }
        byte[] header = bytes.toByteArray();
        int length = header.length - HEADER;
        ByteBuffer.wrap(header)
                .putInt(MAGIC)
                .putInt(VERSION)
                .putInt(length)
                .putInt(RecordCodec.checksum(Arrays.copyOfRange(header, HEADER, header.length), 0, length));
        return header;
    }
}
