package io.spikelet.manage;

import io.spikelet.hal.Store;
import io.spikelet.model.MalformedDataException;
import io.spikelet.smp.Cbor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Settings as one file that is replaced as a whole, so that a power cut leaves those before or those after. Big endian:
 *
 * <pre>
 * 0      4         6        8
 * | SPKC | version | length | CBOR map of text to text, `length` bytes | crc32c u32 of all before |
 * </pre>
 */
final class SettingsFile {
    static final String NAME = "settings.rec";

    private static final int MAGIC = 0x53504b43;
    private static final int VERSION = 1;
    private static final int VERSION_OFFSET = Integer.BYTES;
    private static final int LENGTH_OFFSET = VERSION_OFFSET + Short.BYTES;
    private static final int MAP_OFFSET = LENGTH_OFFSET + Short.BYTES;

    private SettingsFile() {}

    static void write(Store store, Map<String, String> settings) throws IOException {
        byte[] map = Cbor.encode(settings);
        ByteBuffer file = ByteBuffer.allocate(MAP_OFFSET + map.length + Integer.BYTES)
                .putInt(MAGIC)
                .putShort((short) VERSION)
                .putShort((short) map.length)
                .put(map);
        file.putInt(checksum(file.array(), file.position()));
        store.write(NAME, file.array());
    }

    /**
     * What was written; empty when nothing was.
     *
     * @throws MalformedDataException when the file is damaged
     */
    static Map<String, String> read(Store store) throws IOException, MalformedDataException {
        Optional<byte[]> file = store.read(NAME);
        return file.isEmpty() ? Map.of() : decode(file.get());
    }

    private static Map<String, String> decode(byte[] file) throws MalformedDataException {
        int end = file.length - Integer.BYTES;
        ByteBuffer in = ByteBuffer.wrap(file);
        if (end < MAP_OFFSET || in.getInt(end) != checksum(file, end)) {
            throw new MalformedDataException(Math.max(0, end), "the checksum of the settings does not hold");
        }
        if (in.getInt(0) != MAGIC || in.getShort(VERSION_OFFSET) != VERSION) {
            throw new MalformedDataException(0, "not settings of version " + VERSION);
        }
        if ((in.getShort(LENGTH_OFFSET) & 0xFFFF) != end - MAP_OFFSET) {
            throw new MalformedDataException(LENGTH_OFFSET, "the settings have another length than said");
        }
        byte[] map = new byte[end - MAP_OFFSET];
        in.get(MAP_OFFSET, map);
        Map<String, String> settings = new LinkedHashMap<>();
        for (Map.Entry<String, Object> entry : Cbor.decode(map).entrySet()) {
            if (!(entry.getValue() instanceof String value)) {
                throw new MalformedDataException(MAP_OFFSET, "the setting " + entry.getKey() + " is no text");
            }
            settings.put(entry.getKey(), value);
        }
        return settings;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
