package io.spikelet.slots;

import io.spikelet.model.MalformedDataException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The bytes of {@code slots.rec}, big endian.
 *
 * <pre>
 * 0       4         6         7           8                 16             20
 * | SPKB  | version | request | confirmed | securityCounter | nextFile u32 | attempts u8 | slot 0 | slot 1 | upload |
 * | crc32c u32 of all before |
 *
 * slot    0 | 1, file u32, length u32, fileDigest 32, hash 32, securityCounter u64, standing u8, versionLength u8, version
 * upload  0 | 1, file u32, length u32, digest: 0 | 1, 32 bytes
 * </pre>
 *
 * Version 1 had neither attempts nor standings; it is read, with what is confirmed by its place, and never written.
 */
final class BootRecordCodec {
    private static final int MAGIC = 0x53504b42;
    private static final int VERSION = 2;
    private static final int WITHOUT_STANDINGS = 1;
    private static final int CHECKSUM_BYTES = Integer.BYTES;
    private static final int DIGEST_BYTES = 32;

    private BootRecordCodec() {}

    static byte[] encode(BootRecord record) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeShort(VERSION);
            out.writeByte(record.request().ordinal());
            out.writeBoolean(record.confirmed());
            out.writeLong(record.securityCounter());
            out.writeInt(record.nextFile());
            out.writeByte(record.attempts());
            writeSlot(out, record.active());
            writeSlot(out, record.staged());
            writeUpload(out, record.upload());
            out.flush();
            out.writeInt(checksum(bytes.toByteArray(), bytes.size()));
        } catch (IOException e) {
            throw new UncheckedIOException("an array takes every write", e);
        }
        return bytes.toByteArray();
    }

    static BootRecord decode(byte[] bytes) throws MalformedDataException {
        int body = bytes.length - CHECKSUM_BYTES;
        if (body < 0 || ByteBuffer.wrap(bytes).getInt(body) != checksum(bytes, body)) {
            throw new MalformedDataException(Math.max(0, body), "the checksum of the boot record does not hold");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, body);
        try {
            if (in.getInt() != MAGIC) {
                throw new MalformedDataException(0, "not a boot record");
            }
            int version = in.getShort();
            if (version != VERSION && version != WITHOUT_STANDINGS) {
                throw new MalformedDataException(4, "boot record version " + version + ", this reader knows 1 and 2");
            }
            SwapState request = request(in);
            boolean confirmed = present(in);
            long counter = in.getLong();
            int nextFile = in.getInt();
            boolean old = version == WITHOUT_STANDINGS;
            int attempts = old ? 0 : in.get() & 0xff;
            Optional<StoredImage> active = readSlot(in, old, confirmed);
            Optional<StoredImage> staged = readSlot(in, old, !confirmed);
            var record =
                    new BootRecord(active, staged, request, confirmed, counter, readUpload(in), nextFile, attempts);
            if (in.hasRemaining()) {
                throw new MalformedDataException(in.position(), "bytes after the end of the boot record");
            }
            return record;
        } catch (BufferUnderflowException e) {
            throw new MalformedDataException(in.position(), "the boot record ends early", e);
        }
    }

    private static void writeSlot(DataOutputStream out, Optional<StoredImage> slot) throws IOException {
        out.writeBoolean(slot.isPresent());
        if (slot.isPresent()) {
            StoredImage image = slot.get();
            out.writeInt(image.file());
            out.writeInt(image.length());
            out.write(HexFormat.of().parseHex(image.fileDigest()));
            out.write(HexFormat.of().parseHex(image.hash()));
            out.writeLong(image.securityCounter());
            out.writeByte(image.standing().ordinal());
            byte[] version = image.version().getBytes(StandardCharsets.US_ASCII);
            out.writeByte(version.length);
            out.write(version);
        }
    }

    private static Optional<StoredImage> readSlot(ByteBuffer in, boolean old, boolean wasConfirmed)
            throws MalformedDataException {
        if (!present(in)) {
            return Optional.empty();
        }
        int file = in.getInt();
        int length = in.getInt();
        String fileDigest = digest(in);
        String hash = digest(in);
        long counter = in.getLong();
        Standing standing = old ? (wasConfirmed ? Standing.CONFIRMED : Standing.UNPROVED) : standing(in);
        byte[] version = new byte[in.get() & 0xff];
        in.get(version);
        return Optional.of(new StoredImage(
                file, length, fileDigest, hash, new String(version, StandardCharsets.US_ASCII), counter, standing));
    }

    private static void writeUpload(DataOutputStream out, Optional<Upload> upload) throws IOException {
        out.writeBoolean(upload.isPresent());
        if (upload.isPresent()) {
            out.writeInt(upload.get().file());
            out.writeInt(upload.get().length());
            out.writeBoolean(!upload.get().digest().isEmpty());
            out.write(HexFormat.of().parseHex(upload.get().digest()));
        }
    }

    private static Optional<Upload> readUpload(ByteBuffer in) throws MalformedDataException {
        if (!present(in)) {
            return Optional.empty();
        }
        int file = in.getInt();
        int length = in.getInt();
        return Optional.of(new Upload(file, length, present(in) ? digest(in) : ""));
    }

    private static SwapState request(ByteBuffer in) throws MalformedDataException {
        int at = in.position();
        return switch (in.get()) {
            case 0 -> SwapState.NONE;
            case 1 -> SwapState.TEST;
            case 2 -> SwapState.PERM;
            default -> throw new MalformedDataException(at, "no such request for the next start");
        };
    }

    private static Standing standing(ByteBuffer in) throws MalformedDataException {
        int at = in.position();
        int number = in.get() & 0xff;
        if (number >= Standing.values().length) {
            throw new MalformedDataException(at, "no such standing of an image");
        }
        return Standing.values()[number];
    }

    private static boolean present(ByteBuffer in) throws MalformedDataException {
        int at = in.position();
        return switch (in.get()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw new MalformedDataException(at, "a yes or no must be 1 or 0");
        };
    }

    private static String digest(ByteBuffer in) {
        byte[] digest = new byte[DIGEST_BYTES];
        in.get(digest);
        return HexFormat.of().formatHex(digest);
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
