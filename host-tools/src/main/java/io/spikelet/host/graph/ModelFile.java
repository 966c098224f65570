package io.spikelet.host.graph;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The bytes of a trained model, read whole, once and within bounds; what every importer begins with.
 *
 * @param name the file's name, for messages
 * @param bytes the caller's own
 * @param folder where it lies, for formats of two files; empty where the bytes came otherwise
 */
public record ModelFile(String name, byte[] bytes, Optional<Path> folder) {

    /** Bytes that lie in no folder. */
    public ModelFile(String name, byte[] bytes) {
        this(name, bytes, Optional.empty());
    }

    /** The largest file that is read, in bytes. */
    public static final long MAX_BYTES = 256L << 20;

    /**
     * Reads one file.
     *
     * @param expected what to give, for a person who named a folder: "a .nir file"
     * @throws ImportException when the file is missing, a folder, unreadable or too large
     */
    public static ModelFile read(Path file, String expected) throws ImportException {
        String name = file.getFileName() == null
                ? file.toString()
                : file.getFileName().toString();
        try {
            if (Files.isDirectory(file)) {
                throw new ImportException(file + ": is a folder; give " + expected);
            }
            long size = Files.size(file);
            if (size > MAX_BYTES) {
                throw new ImportException(name + ": has " + size + " bytes, more than the " + MAX_BYTES
                        + " that are read; check that it is the right file");
            }
            return new ModelFile(
                    name,
                    Files.readAllBytes(file),
                    Optional.ofNullable(file.toAbsolutePath().getParent()));
        } catch (NoSuchFileException missing) {
            throw new ImportException(file + ": there is no such file; check the path", missing);
        } catch (IOException unreadable) {
            throw new ImportException(
                    file + ": cannot be read (" + unreadable.getMessage() + "); check its permissions", unreadable);
        }
    }

    /** SHA-256 of the bytes, hex. */
    public String digest() {
        return digest(bytes);
    }

    /** SHA-256 of this file's bytes and then another's, hex. */
    public String digestWith(ModelFile second) {
        return digest(bytes, second.bytes);
    }

    private static String digest(byte[]... parts) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                sha.update(part);
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }
}
