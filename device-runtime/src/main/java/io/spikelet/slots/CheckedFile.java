package io.spikelet.slots;

import io.spikelet.slots.SlotRefusedException.Reason;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An image file whose bytes were read and passed every check.
 *
 * @param digest SHA-256 of the whole file, hex
 */
record CheckedFile(String digest, VerifiedImage image) {

    /**
     * Reads and checks a file. One that asks for more memory than there is is refused like any other that cannot run: the
     * board must go on.
     *
     * @param announced SHA-256 that it must have, hex, or empty
     */
    static CheckedFile of(SlotFiles files, int file, String announced, ImageVerifier verifier)
            throws IOException, SlotRefusedException {
        try {
            byte[] bytes = files.read(file);
            String digest = sha256(bytes);
            if (!announced.isEmpty() && !announced.equals(digest)) {
                throw new SlotRefusedException(
                        Reason.DIGEST, "its file has the SHA-256 " + digest + ", announced was " + announced);
            }
            return new CheckedFile(digest, verifier.verify(bytes));
        } catch (OutOfMemoryError e) {
            throw new SlotRefusedException(Reason.NETWORK, "it needs more memory than this board has", e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
