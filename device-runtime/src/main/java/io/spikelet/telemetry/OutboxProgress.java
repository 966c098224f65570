package io.spikelet.telemetry;

import io.spikelet.hal.Store;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the outbox is, in a file that is replaced as a whole. Big endian:
 *
 * <pre>
 * 0       4         8       12          20        28       36       40
 * | magic | version | start | confirmed | dropped | passed | CRC32C |
 * </pre>
 *
 * @param start the number of the board's present start, from 1
 * @param confirmed the broker has this record and all before it, or they were dropped
 * @param dropped records that were never sent, since the first start
 * @param passed calendar time that the board is sure to have passed, in milliseconds since 1970
 */
record OutboxProgress(int start, long confirmed, long dropped, long passed) {
    static final String FILE = "outbox.rec";
    private static final Logger LOG = LoggerFactory.getLogger(OutboxProgress.class);
    private static final int MAGIC = 0x53504f50; // "SPOP"
    private static final int VERSION = 1;
    private static final int BYTES = 40;
    private static final int CHECKED = BYTES - Integer.BYTES;

    /** What is stored; nothing when there is no such file, or a damaged one, of which the log tells. */
    static Optional<OutboxProgress> read(Store store) throws IOException {
        Optional<byte[]> stored = store.read(FILE);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes = stored.get();
        if (bytes.length == BYTES) {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            if (in.getInt() == MAGIC
                    && in.getInt() == VERSION
                    && in.getInt(CHECKED) == RecordCodec.checksum(bytes, 0, CHECKED)) {
                return Optional.of(new OutboxProgress(in.getInt(), in.getLong(), in.getLong(), in.getLong()));
            }
        }
        LOG.warn("{} is damaged; telemetry that was sent already may be sent again", FILE);
        return Optional.empty();
    }

    void write(Store store) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(BYTES);
        out.putInt(MAGIC)
                .putInt(VERSION)
                .putInt(start)
                .putLong(confirmed)
                .putLong(dropped)
                .putLong(passed);
        out.putInt(RecordCodec.checksum(out.array(), 0, CHECKED));
        store.write(FILE, out.array());
    }
}
