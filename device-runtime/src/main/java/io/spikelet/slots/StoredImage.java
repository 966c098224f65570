package io.spikelet.slots;

/**
 * An image that passed every check and lies in a slot.
 *
 * @param file number of its file, see {@link BootRecord#fileName(int)}
 * @param length bytes of the whole file
 * @param fileDigest SHA-256 of the whole file, hex
 * @param hash SHA-256 of header and body, hex: the image's name in the protocol
 * @param version its semantic version as text
 * @param securityCounter the anti-rollback counter inside its signed payload
 * @param standing how it has stood its starts
 */
public record StoredImage(
        int file, int length, String fileDigest, String hash, String version, long securityCounter, Standing standing) {

    StoredImage withStanding(Standing changed) {
        return new StoredImage(file, length, fileDigest, hash, version, securityCounter, changed);
    }
}
