package io.spikelet.hal;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A board's durable memory: small named files. A call that has returned survives a power cut; a call that was cut
 * leaves the old content or the new, never a mixture. Names are 1..100 characters of {@code a-z 0-9 . _ -}, beginning
 * with a letter or digit; anything else is an {@link IllegalArgumentException}.
 */
public interface Store extends Closeable {

    /** The whole content, or empty when there is no such file. */
    Optional<byte[]> read(String name) throws IOException;

    /** Up to {@code length} bytes from {@code offset}; fewer at the end of the file. */
    byte[] read(String name, long offset, int length) throws IOException;

    /** Replaces the whole content, atomically and synced. */
    void write(String name, byte[] content) throws IOException;

    /**
     * Adds bytes at the end and syncs. A power cut may keep any prefix of them, so the reader of an appended file
     * must know its length from elsewhere or check a digest.
     */
    void append(String name, byte[] content, int offset, int length) throws IOException;

    /** Shortens a file to {@code size} bytes and syncs. */
    void truncate(String name, long size) throws IOException;

    /** The size in bytes, or −1 when there is no such file. */
    long size(String name) throws IOException;

    /** Gives a file another name, replacing what had it, atomically and synced. */
    void rename(String from, String to) throws IOException;

    /** Removes a file; no error when there is none. */
    void delete(String name) throws IOException;

    /** All names, sorted. */
    List<String> list() throws IOException;

    @Override
    void close() throws IOException;
}
