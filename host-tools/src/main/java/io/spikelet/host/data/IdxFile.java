package io.spikelet.host.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * One array of unsigned bytes in the IDX format, plain or gzip:
 *
 * <pre>
 *  0    2    3      4          4 + 4·rank
 *  | 00 | 08 | rank | extents… | values, last extent fastest      extents big endian, 32 bits
 * </pre>
 *
 * Sizes are bounded before anything is allocated for them.
 *
 * @param extents (rank) each 1 or more
 * @param values as many as the extents say
 */
record IdxFile(int[] extents, byte[] values) {
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};

    /**
     * Reads one file.
     *
     * @param rank the number of extents that it must have, 1..4
     * @throws SampleFileException when it is missing, is no IDX file of unsigned bytes with that rank, is too large, too
     *     short or too long
     */
    static IdxFile read(Path file, int rank) throws SampleFileException {
        try (InputStream in = open(file)) {
            return parse(file, rank, in);
        } catch (SampleFileException refused) {
            throw refused;
        } catch (ZipException | EOFException damaged) {
            throw new SampleFileException(
                    file + ": is damaged gzip (" + damaged.getMessage() + "); copy or download it again", damaged);
        } catch (IOException unreadable) {
            throw new SampleFileException(
                    file + ": cannot be read (" + unreadable.getMessage() + "); check its permissions", unreadable);
        }
    }

    private static InputStream open(Path file) throws IOException {
        BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            in.mark(GZIP.length);
            boolean packed = Arrays.equals(in.readNBytes(GZIP.length), GZIP);
            in.reset();
            return packed ? new GZIPInputStream(in, 1 << 16) : in;
        } catch (IOException refused) {
            in.close();
            throw refused;
        }
    }

    private static IdxFile parse(Path file, int rank, InputStream in) throws IOException {
        byte[] magic = {0, 0, 8, (byte) rank};
        byte[] found = in.readNBytes(magic.length);
        if (!Arrays.equals(found, magic)) {
            HexFormat hex = HexFormat.ofDelimiter(" ");
            throw new SampleFileException(file + ": begins with '" + hex.formatHex(found) + "', an IDX file of "
                    + (rank == 1 ? "labels" : "images") + " with '" + hex.formatHex(magic)
                    + "'; give the file that its name promises");
        }
        byte[] header = in.readNBytes(rank * Integer.BYTES);
        if (header.length < rank * Integer.BYTES) {
            throw new SampleFileException(file + ": ends within its header; copy or download it again");
        }
        int[] extents = new int[rank];
        long size = 1;
        for (int d = 0; d < rank; d++) {
            extents[d] = java.nio.ByteBuffer.wrap(header).getInt(d * Integer.BYTES);
            size = extents[d] < 1 || size > SampleFile.MAX_VALUES ? 0 : size * extents[d];
        }
        if (size < 1 || size > SampleFile.MAX_VALUES) {
            throw new SampleFileException(file + ": has extents " + Arrays.toString(extents) + "; it must hold 1 to "
                    + SampleFile.MAX_VALUES + " values");
        }
        byte[] values = in.readNBytes((int) size);
        if (values.length < size || in.read() >= 0) {
            throw new SampleFileException(file + ": holds "
                    + (values.length < size ? "only " + values.length : "more than " + size)
                    + " values where its header "
                    + Arrays.toString(extents) + " says " + size + "; copy or download it again");
        }
        return new IdxFile(extents, values);
    }
}
