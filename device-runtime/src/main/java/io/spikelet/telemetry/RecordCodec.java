package io.spikelet.telemetry;

import io.spikelet.model.MalformedDataException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The bytes of what the outbox keeps, big endian.
 *
 * <pre>
 * frame    0        4        8
 *          | length | CRC32C | body (length bytes) |
 * body     0      1        9       13           14       22
 *          | kind | number | start | calendar ? | millis | readings …
 * reading  0       1      2
 *          | index | type | value: 1 text, 2 u64, 3 double, 0 none: the reason as text; a text is u16 length and UTF-8 |
 * </pre>
 *
 * <p>Kind 1 is a record. Kind 2 tells when a start was: {@code millis} is the calendar time of its first moment,
 * a guess where {@code calendar} is 0; it has no readings and number 0. {@code index} counts in the list of names that a segment begins with, so that a runtime
 * with other metrics still knows what was meant.
 */
final class RecordCodec {
    static final int FRAME_HEADER = 8;
    static final int MAX_BODY_BYTES = 60_000;
    private static final int RECORD = 1;
    private static final int ANCHOR = 2;
    private static final int NONE = 0;
    private static final int TEXT = 1;
    private static final int WHOLE = 2;
    private static final int REAL = 3;

    /** Of one text, so that a record with every metric stays below {@link #MAX_BODY_BYTES}. */
    static final int MAX_TEXT_BYTES = 2048;

    private RecordCodec() {}

    /**
     * When a start of the board was.
     *
     * @param guess whether the clock was never set in that start
     */
    record Anchor(int start, long epochMillis, boolean guess) {}

    /** One frame that was read: a record or an anchor. */
    record Frame(Optional<TelemetryRecord> record, Optional<Anchor> anchor, int bytes) {}

    static byte[] frame(TelemetryRecord record) {
        return framed(out -> {
            out.writeByte(RECORD);
            out.writeLong(record.number());
            out.writeInt(record.stamp().start());
            out.writeBoolean(record.stamp().calendar());
            out.writeLong(record.stamp().millis());
            for (Map.Entry<BoardMetric, Reading> entry : record.readings().entrySet()) {
                out.writeByte(entry.getKey().ordinal());
                writeReading(out, entry.getValue());
            }
        });
    }

    static byte[] frame(Anchor anchor) {
        return framed(out -> {
            out.writeByte(ANCHOR);
            out.writeLong(0);
            out.writeInt(anchor.start());
            out.writeBoolean(!anchor.guess());
            out.writeLong(anchor.epochMillis());
        });
    }

    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] framed(Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(0); // the place of length and checksum
            body.write(out);
        } catch (IOException neverOfMemory) {
            throw new UncheckedIOException(neverOfMemory);
        }
        byte[] frame = bytes.toByteArray();
        int length = frame.length - FRAME_HEADER;
        ByteBuffer.wrap(frame).putInt(length).putInt(checksum(frame, FRAME_HEADER, length));
        return frame;
    }

    private static void writeReading(DataOutputStream out, Reading reading) throws IOException {
        switch (reading.value()) {
            case null -> {
                out.writeByte(NONE);
                writeText(out, reading.reason());
            }
            case String text -> {
                out.writeByte(TEXT);
                writeText(out, text);
            }
            case Long whole -> {
                out.writeByte(WHOLE);
                out.writeLong(whole);
            }
            case Double real -> {
                out.writeByte(REAL);
                out.writeDouble(real);
            }
            default ->
                throw new IllegalArgumentException("a reading is a text, a long or a double: value=" + reading.value());
        }
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, MAX_TEXT_BYTES);
        out.writeShort(length);
        out.write(bytes, 0, length);
    }

    /**
     * Reads the frame at an offset.
     *
     * @param names what the indices of readings mean; a metric that this runtime does not have is left out
     * @throws MalformedDataException when there is no whole frame, as at the end that a power cut left
     */
    static Frame read(byte[] bytes, int offset, String[] names) throws MalformedDataException {
        if (bytes.length - offset < FRAME_HEADER) {
            throw new MalformedDataException(offset, "a frame is cut off");
        }
        ByteBuffer header = ByteBuffer.wrap(bytes, offset, FRAME_HEADER);
        int length = header.getInt();
        int checksum = header.getInt();
        int from = offset + FRAME_HEADER;
        if (length < 1 || length > MAX_BODY_BYTES || bytes.length - from < length) {
            throw new MalformedDataException(offset, "a frame is cut off: its length says " + length);
        }
        if (checksum(bytes, from, length) != checksum) {
            throw new MalformedDataException(offset, "the checksum of a frame is wrong");
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, from, length))) {
            return body(in, length + FRAME_HEADER, names);
        } catch (IOException | IllegalArgumentException inside) {
            throw new MalformedDataException(offset, "a frame with a right checksum makes no sense", inside);
        }
    }

    private static Frame body(DataInputStream in, int bytes, String[] names) throws IOException {
        int kind = in.readUnsignedByte();
        long number = in.readLong();
        Stamp stamp = new Stamp(in.readInt(), in.readBoolean(), in.readLong());
        if (kind == ANCHOR) {
            return new Frame(
                    Optional.empty(), Optional.of(new Anchor(stamp.start(), stamp.millis(), !stamp.calendar())), bytes);
        }
        if (kind != RECORD) {
            return new Frame(Optional.empty(), Optional.empty(), bytes);
        }
        Map<BoardMetric, Reading> readings = new EnumMap<>(BoardMetric.class);
        while (in.available() > 0) {
            int index = in.readUnsignedByte();
            Reading reading = readReading(in);
            Optional<BoardMetric> metric =
                    index < names.length ? BoardMetric.ofWireName(names[index]) : Optional.empty();
            if (metric.isPresent() && metric.get().takes(reading.value())) {
                readings.put(metric.get(), reading);
            }
        }
        return new Frame(Optional.of(new TelemetryRecord(number, stamp, readings)), Optional.empty(), bytes);
    }

    private static Reading readReading(DataInputStream in) throws IOException {
        return switch (in.readUnsignedByte()) {
            case NONE -> Reading.absent(readText(in));
            case TEXT -> Reading.of(readText(in));
            case WHOLE -> Reading.of(in.readLong());
            case REAL -> Reading.of(in.readDouble());
            default -> throw new IOException("an unknown type of value");
        };
    }

    private static String readText(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readUnsignedShort()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static int checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }
}
