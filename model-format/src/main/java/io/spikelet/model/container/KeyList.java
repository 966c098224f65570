package io.spikelet.model.container;

import io.spikelet.model.MalformedDataException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * What a fleet's boards are to trust from now on: keys that come and keys that go. It travels as an MCUboot image like a
 * model, signed by a key that the board trusts already, with this payload, little endian:
 *
 * <pre>
 * offset size  field
 *      0    6  MAGIC       SPKEYS
 *      6    2  VERSION     1
 *      8    8  SEQUENCE    1..2^63-1; a board takes a list only with a higher one than the last it took
 *     16    1  ADDED       a, 0..32
 *     17    1  REVOKED     r, 0..255
 *     18 32·a  added keys  32 bytes each, Ed25519 (RFC 8032)
 *  18+32a 32·r  revoked     key hashes, SHA-256 of the DER SubjectPublicKeyInfo
 * </pre>
 *
 * A network's payload begins with another byte, so neither is ever taken for the other.
 *
 * @param sequence number of this list among all of a fleet's lists
 * @param added keys to trust besides
 * @param revoked key hashes, lower-case hex, never to be trusted again
 */
public record KeyList(long sequence, List<ImageKey.Public> added, List<String> revoked) {
    /** The most keys that one list adds. */
    public static final int MAX_ADDED = 32;

    /** The most keys that one list revokes. */
    public static final int MAX_REVOKED = 255;

    private static final byte[] MAGIC = {'S', 'P', 'K', 'E', 'Y', 'S'};
    private static final int VERSION_OFFSET = MAGIC.length;
    private static final int VERSION = 1;
    private static final int SEQUENCE_OFFSET = VERSION_OFFSET + Short.BYTES;
    private static final int ADDED_OFFSET = SEQUENCE_OFFSET + Long.BYTES;
    private static final int KEYS_OFFSET = ADDED_OFFSET + 2;
    private static final int KEY_BYTES = 32;

    public KeyList {
        added = List.copyOf(added);
        revoked = List.copyOf(revoked);
        if (sequence < 1) {
            throw new IllegalArgumentException("a key list's sequence is 1 or more: sequence=" + sequence);
        }
        if (added.size() > MAX_ADDED || revoked.size() > MAX_REVOKED || added.size() + revoked.size() == 0) {
            throw new IllegalArgumentException("a key list adds at most " + MAX_ADDED + " keys and revokes at most "
                    + MAX_REVOKED + ", and one at least of both: added=" + added.size() + " revoked=" + revoked.size());
        }
        for (String hash : revoked) {
            if (!hash.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("a key hash is 64 hex digits: " + hash);
            }
        }
    }

    /** The list as a signed file. */
    public ModelImage sign(ImageKey.Private key) {
        ByteBuffer payload = ByteBuffer.allocate(KEYS_OFFSET + KEY_BYTES * (added.size() + revoked.size()))
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .putShort((short) VERSION)
                .putLong(sequence)
                .put((byte) added.size())
                .put((byte) revoked.size());
        added.forEach(added -> payload.put(added.point()));
        revoked.forEach(hash -> payload.put(HexFormat.of().parseHex(hash)));
        return ModelImage.unsigned(payload.array(), new Version(1, 0, 0, 0)).sign(key);
    }

    /** Whether an image holds a key list and no network. */
    public static boolean isHeldBy(ModelImage image) {
        byte[] payload = image.payload();
        return payload.length >= MAGIC.length && Arrays.equals(payload, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /**
     * Reads the list in an image. Whose it is, {@link ModelImage#verify} says.
     *
     * @throws MalformedDataException when it holds none, or one that breaks a rule; offsets count from the payload's start
     */
    public static KeyList of(ModelImage image) throws MalformedDataException {
        byte[] payload = image.payload();
        if (payload.length < KEYS_OFFSET || !isHeldBy(image)) {
            throw new MalformedDataException(0, "this is no key list");
        }
        ByteBuffer in = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
        if (in.getShort(VERSION_OFFSET) != VERSION) {
            throw new MalformedDataException(
                    VERSION_OFFSET,
                    "key list version " + (in.getShort(VERSION_OFFSET) & 0xffff) + ", this reader knows 1");
        }
        int adds = in.get(ADDED_OFFSET) & 0xff;
        int revokes = in.get(ADDED_OFFSET + 1) & 0xff;
        if (payload.length != KEYS_OFFSET + KEY_BYTES * (adds + revokes)) {
            throw new MalformedDataException(
                    ADDED_OFFSET, "a key list of " + payload.length + " bytes cannot hold the keys that it announces");
        }
        List<ImageKey.Public> added = new ArrayList<>();
        List<String> revoked = new ArrayList<>();
        for (int i = 0; i < adds + revokes; i++) {
            int from = KEYS_OFFSET + i * KEY_BYTES;
            byte[] bytes = Arrays.copyOfRange(payload, from, from + KEY_BYTES);
            if (i < adds) {
                added.add(ImageKey.Public.ofPoint("key " + i + " of the key list", bytes));
            } else {
                revoked.add(HexFormat.of().formatHex(bytes));
            }
        }
        try {
            return new KeyList(in.getLong(SEQUENCE_OFFSET), added, revoked);
        } catch (IllegalArgumentException e) {
            throw new MalformedDataException(SEQUENCE_OFFSET, e.getMessage(), e);
        }
    }
}
