package io.spikelet.host.graph;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The bytes of a trained model, read whole, once and within bounds; what every importer begins with.
 *
 * @param name the file's name, for messages
 * @param bytes the caller's own
 */
public record ModelFile(String name, byte[] bytes) {

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
            return new ModelFile(name, Files.readAllBytes(file));
        } catch (NoSuchFileException missing) {
            throw new ImportException(file + ": there is no such file; check the path", missing);
        } catch (IOException unreadable) {
            throw new ImportException(
                    file + ": cannot be read (" + unreadable.getMessage() + "); check its permissions", unreadable);
        }
    }

    /** SHA-256 of the bytes, hex. */
    public String digest() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }
}
