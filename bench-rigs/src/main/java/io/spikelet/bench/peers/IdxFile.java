package io.spikelet.bench.peers;

import io.spikelet.model.MalformedDataException;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * A file of unsigned bytes as the MNIST family keeps them, packed with gzip: int32 magic 0x0000080d where d is the number
 * of extents, d extents of int32, then the values, all big endian.
 *
 * @param count the first extent
 * @param size values of one item
 * @param values (count, size)
 */
record IdxFile(int count, int size, byte[] values) {
    private static final int MAGIC = 0x00000800;
    private static final int MOST_EXTENTS = 4;
    private static final int MOST_VALUES = 1 << 28;

    /** @throws MalformedDataException when the file is something else, or larger than any of its kind */
    static IdxFile read(Path file) throws IOException, MalformedDataException {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
            int extents = in.readInt() - MAGIC;
            require(extents >= 1 && extents <= MOST_EXTENTS, 0, file + " is not an IDX file of unsigned bytes");
            int count = in.readInt();
            long size = 1;
            for (int i = 1; i < extents; i++) {
                int extent = in.readInt();
                require(extent >= 1 && extent <= MOST_VALUES, 4L + 4L * i, file + " has an extent of " + extent);
                size *= extent;
                require(size <= MOST_VALUES, 4L + 4L * i, file + " has items of " + size + " values");
            }
            require(count >= 1 && count * size <= MOST_VALUES, 4, file + " has " + count + " items");
            byte[] values = in.readNBytes((int) (count * size));
            require(values.length == count * size, 0, file + " ends before its last item");
            return new IdxFile(count, (int) size, values);
        }
    }

    private static void require(boolean holds, long offset, String reason) throws MalformedDataException {
        if (!holds) {
            throw new MalformedDataException(offset, reason);
        }
    }
}
