package io.spikelet.device;

import io.spikelet.hal.Store;
import io.spikelet.model.MalformedDataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * What a model has learned, as one file an image that is replaced as a whole: after a power cut it is the state before
 * a learn request or the one after it. Bound to the image by the digest inside, so that no other image ever runs with
 * it. Big endian:
 *
 * <pre>
 * 0       4         8               40            44
 * | SPKL  | version | image hash 32 | length u32 | learner's state | crc32c u32 of all before |
 * </pre>
 */
final class LearnedState {
    static final String PREFIX = "learned-";

    private static final int MAGIC = 0x53504b4c;
    private static final int VERSION = 1;
    private static final int HASH_BYTES = 32;
    private static final int HASH_OFFSET = 2 * Integer.BYTES;
    private static final int LENGTH_OFFSET = HASH_OFFSET + HASH_BYTES;
    private static final int STATE_OFFSET = LENGTH_OFFSET + Integer.BYTES;

    private LearnedState() {}

    static String fileName(String imageHash) {
        return PREFIX + imageHash + ".bin";
    }

    /** Replaces what was stored for this image; durable when it returns. */
    static void write(Store store, String imageHash, byte[] state) throws IOException {
        ByteBuffer file = ByteBuffer.allocate(STATE_OFFSET + state.length + Integer.BYTES)
                .putInt(MAGIC)
                .putInt(VERSION)
                .put(HexFormat.of().parseHex(imageHash))
                .putInt(state.length)
                .put(state);
        file.putInt(checksum(file.array(), file.position()));
        store.write(fileName(imageHash), file.array());
    }

    /**
     * What was stored for this image, or empty when nothing was.
     *
     * @throws MalformedDataException when the file is damaged or belongs to another image
     */
    static Optional<byte[]> read(Store store, String imageHash) throws IOException, MalformedDataException {
        Optional<byte[]> file = store.read(fileName(imageHash));
        return file.isEmpty() ? Optional.empty() : Optional.of(state(file.get(), imageHash));
    }

    private static byte[] state(byte[] file, String imageHash) throws MalformedDataException {
        int end = file.length - Integer.BYTES;
        ByteBuffer in = ByteBuffer.wrap(file);
        if (end < STATE_OFFSET || in.getInt(end) != checksum(file, end)) {
            throw new MalformedDataException(Math.max(0, end), "the checksum of the learned state does not hold");
        }
        if (in.getInt(0) != MAGIC || in.getInt(Integer.BYTES) != VERSION) {
            throw new MalformedDataException(0, "not a learned state of version " + VERSION);
        }
        if (!HexFormat.of().formatHex(file, HASH_OFFSET, LENGTH_OFFSET).equals(imageHash)) {
            throw new MalformedDataException(HASH_OFFSET, "the learned state belongs to another image");
        }
        if (in.getInt(LENGTH_OFFSET) != end - STATE_OFFSET) {
            throw new MalformedDataException(LENGTH_OFFSET, "the learned state has another length than it says");
        }
        return Arrays.copyOfRange(file, STATE_OFFSET, end);
    }

    /** Back to the weights of the image. */
    static void delete(Store store, String imageHash) throws IOException {
        store.delete(fileName(imageHash));
    }

    /** Removes what was learned by images that lie in no slot any more. */
    static void sweep(Store store, Set<String> imageHashes) throws IOException {
        for (String name : store.list()) {
            if (name.startsWith(PREFIX)
                    && imageHashes.stream().noneMatch(hash -> fileName(hash).equals(name))) {
                store.delete(name);
            }
        }
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
