package io.spikelet.manage;

import io.spikelet.hal.Store;
import io.spikelet.smp.SmpException;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32;

/** The hashes of files that Zephyr's clients know; the first is the one for who names none. */
enum FileHash {
    SHA256("sha256", 1, 32) {
        @Override
        Object of(Store store, String name, long offset, long length) throws IOException {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                feed(store, name, offset, length, (bytes, count) -> digest.update(bytes, 0, count));
                return digest.digest();
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    },
    CRC32("crc32", 0, 4) {
        @Override
        Object of(Store store, String name, long offset, long length) throws IOException {
            CRC32 crc = new CRC32();
            feed(store, name, offset, length, (bytes, count) -> crc.update(bytes, 0, count));
            return crc.getValue();
        }
    };

    private static final int PIECE_BYTES = 1 << 16;

    private final String wireName;
    private final int format;
    private final int bytes;

    /** @param format 0 for an integer, 1 for bytes */
    FileHash(String wireName, int format, int bytes) {
        this.wireName = wireName;
        this.format = format;
        this.bytes = bytes;
    }

    private interface Sink {
        void take(byte[] bytes, int count);
    }

    private static void feed(Store store, String name, long offset, long length, Sink sink) throws IOException {
        long end = offset + length;
        for (long at = offset; at < end; ) {
            byte[] piece = store.read(name, at, (int) Math.min(PIECE_BYTES, end - at));
            if (piece.length == 0) {
                throw new IOException(name + " became shorter while it was read");
            }
            sink.take(piece, piece.length);
            at += piece.length;
        }
    }

    /** The hash of a part of a file: bytes, or an integer. */
    abstract Object of(Store store, String name, long offset, long length) throws IOException;

    /** The hash of this name; an empty name asks for the usual one. */
    static FileHash of(String name) throws SmpException {
        if (name.isEmpty()) {
            return SHA256;
        }
        for (FileHash hash : values()) {
            if (hash.wireName.equals(name)) {
                return hash;
            }
        }
        throw FileErrors.unknownHash();
    }

    String wireName() {
        return wireName;
    }

    int format() {
        return format;
    }

    /** Of the hash itself. */
    int bytes() {
        return bytes;
    }
}
