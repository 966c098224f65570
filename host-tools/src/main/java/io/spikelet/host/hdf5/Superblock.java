package io.spikelet.host.hdf5;

import io.spikelet.host.graph.ImportException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The head of an HDF5 file, which says how long the file is; the HDF5 reader itself does not look. Layout of the
 * fields that are read, little endian, for addresses of 8 bytes (all that is written today):
 *
 * <pre>
 * version 0, 1   0 signature  8 version  13 size of addresses  24 (28) base  40 (44) end of file
 * version 2, 3   0 signature  8 version   9 size of addresses  12      base  28      end of file
 * </pre>
 */
public final class Superblock {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final int VERSION_OFFSET = 8;
    private static final int LONGEST = 52;

    private Superblock() {}

    /**
     * Holds a file's length to what its head says.
     *
     * @throws ImportException when the file is no HDF5, is longer or shorter than it says, or of a kind that is not read
     */
    public static void requireWhole(byte[] bytes, String file, NodeFields.Writer writer) throws ImportException {
        int start = find(bytes);
        if (start < 0) {
            throw new ImportException(file + ": is not an HDF5 file; " + writer.kind() + "s are, " + writer.remedy());
        }
        if (bytes.length < start + LONGEST) {
            throw truncated(file, "it ends within its own head");
        }
        ByteBuffer head = ByteBuffer.wrap(bytes, start, LONGEST).slice().order(ByteOrder.LITTLE_ENDIAN);
        int version = head.get(VERSION_OFFSET);
        int addressSize = head.get(version < 2 ? 13 : 9);
        if (version < 0 || version > 3 || addressSize != Long.BYTES) {
            throw new ImportException(file + ": uses HDF5 superblock version " + version + " with addresses of "
                    + addressSize + " bytes, which is not supported; " + writer.remedy());
        }
        int shift = version == 1 ? 4 : 0;
        long base = head.getLong(version < 2 ? 24 + shift : 12);
        long end = head.getLong(version < 2 ? 40 + shift : 28);
        if (base == 0 && end != bytes.length) {
            throw truncated(file, "it says it has " + end + " bytes but has " + bytes.length);
        }
    }

    /** The format allows a user block of 512, 1024, 2048 ... bytes before the signature. */
    private static int find(byte[] bytes) {
        for (long at = 0; at + SIGNATURE.length <= bytes.length; at = at == 0 ? 512 : at * 2) {
            int start = (int) at;
            if (Arrays.equals(bytes, start, start + SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
                return start;
            }
        }
        return -1;
    }

    private static ImportException truncated(String file, String how) {
        return new ImportException(file + ": is truncated or damaged, " + how + "; copy or export it again");
    }
}
