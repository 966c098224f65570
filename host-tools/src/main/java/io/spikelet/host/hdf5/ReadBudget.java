package io.spikelet.host.hdf5;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.filter.PipelineFilterWithData;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Set;

/**
 * What the arrays of one file may make its reader allocate, which trusts what they declare. Nothing can hold more than its
 * file does: as it stands where it lies in one piece, by deflate's best ratio where it is compressed.
 */
public final class ReadBudget {
    /** Deflate turns at most so many bytes into one. */
    private static final long DEFLATE_RATIO = 1032;

    /** Small files may well hold large constants. */
    private static final long ALWAYS_ALLOWED = 16 << 20;

    /** What the reader makes of one number on its way into a tensor. */
    private static final int BYTES_A_NUMBER = 8;

    private static final int BYTES_A_BIG_INTEGER = 64;

    private static final int DEFLATE = 1;
    private static final int SHUFFLE = 2;
    private static final int FLETCHER32 = 3;
    private static final int LZF = 32000;

    /** What h5py compresses with; others trust the lengths that they find in the file. */
    private static final Set<Integer> KNOWN_FILTERS = Set.of(DEFLATE, SHUFFLE, FLETCHER32, LZF);

    private final long fileBytes;
    private long left;

    /** @param fileBytes of the whole file */
    public ReadBudget(long fileBytes) {
        this.fileBytes = fileBytes;
        left = ALWAYS_ALLOWED + fileBytes * DEFLATE_RATIO;
    }

    /**
     * Grants an array, or says what is wrong with it.
     *
     * @param values how many it declares, bounded already
     * @return the end of a sentence, or null where it may be read
     */
    String refusal(Dataset dataset, long values) {
        int width = dataset.getDataType().getSize();
        if (width < 0 || dataset.getDimensionsAsLong().length == 0 && width > fileBytes) {
            return tooLarge(width);
        }
        long stored = product(values, width);
        long taken = product(values, Math.max(width, memory(dataset)));
        if (dataset instanceof ChunkedDataset chunked) {
            long chunk = Arrays.stream(chunked.getChunkDimensions())
                    .mapToLong(extent -> extent)
                    .reduce(1, ReadBudget::product);
            taken = Math.max(taken, product(chunk, Math.max(width, memory(dataset))));
            for (PipelineFilterWithData filter : chunked.getFilters()) {
                if (!KNOWN_FILTERS.contains(filter.getId())) {
                    return "is compressed by " + filter.getName() + "; write it with gzip or lzf";
                }
                if (filter.getId() == LZF) {
                    taken = Math.max(taken, unpackedByLzf(filter.getFilterData()));
                }
            }
        } else if (stored > fileBytes) {
            return tooLarge(stored);
        }
        if (taken > left) {
            return tooLarge(stored);
        }
        left -= taken;
        return null;
    }

    /** Unlike the others lzf says how much it gives: version, its own library's version, bytes of a chunk. */
    private static long unpackedByLzf(int[] data) {
        return data.length > 2 && data[2] >= 0 ? data[2] : Long.MAX_VALUE;
    }

    private static int memory(Dataset dataset) {
        return dataset.getJavaType() == BigInteger.class ? BYTES_A_BIG_INTEGER : BYTES_A_NUMBER;
    }

    private String tooLarge(long bytes) {
        return "declares " + bytes + " bytes, more than a file of " + fileBytes
                + " can hold; copy or export the model again";
    }

    /** Negative factors come from damaged files; they are beyond every limit. */
    private static long product(long a, long b) {
        return a < 0 || b < 0 || Math.multiplyHigh(a, b) != 0 || a * b < 0 ? Long.MAX_VALUE : a * b;
    }
}
