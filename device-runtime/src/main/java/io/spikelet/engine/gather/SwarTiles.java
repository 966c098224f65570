package io.spikelet.engine.gather;

/**
 * SIMD within a register, in plain Java: four outputs share a {@code long} as balanced digits of base 2^16,
 * {@code Σ_k w_k · 2^(16k)}. Adding such longs adds all four, whatever the signs; as long as every true sum stays within
 * ±32767 the digits can be told apart again. To compare, {@code 2^15 − threshold} is added to every digit, after which
 * no digit is negative and its top bit says whether the sum reached the threshold.
 */
final class SwarTiles extends Tiles {
    private static final int WIDTH = 32;
    private static final int LONGS = WIDTH / 4;
    static final int DIGIT_BITS = 16;

    /** Gathers bits 0, 16, 32, 48 into bits 48..51. */
    private static final long GATHER = 0x0001_0002_0004_0008L;

    static final long ONES = 0x0001_0001_0001_0001L;

    /** (tiles, rows, 8). */
    private final long[] packed;

    /** (tiles, 8) 2^15 less the thresholds. */
    private final long[] lift;

    private final int tileRows;
    private final int chunk;

    SwarTiles(WeightRows rows, int[] threshold) {
        super(rows, evenTiles(rows.outputs(), WIDTH), rows.comparesWithin(1 << 15, threshold) ? threshold : null);
        tileRows = rows.window().rows();
        chunk = rows.fitsShort() ? Integer.MAX_VALUE : ROWS_BEFORE_WIDENING;
        int tiles = firstOutput.length - 1;
        packed = new long[tiles * tileRows * LONGS];
        for (int i = 0; i < packed.length; i++) {
            int tile = i / (tileRows * LONGS);
            int row = i / LONGS % tileRows;
            int first = firstOutput[tile] + i % LONGS * 4;
            for (int k = 0; k < 4; k++) {
                packed[i] += (long) rows.weight(row, first + k) << DIGIT_BITS * k;
            }
        }
        lift = new long[tiles * LONGS];
        if (this.threshold != null) {
            for (int o = 0; o < firstOutput[tiles]; o++) {
                long lowest = o < threshold.length ? threshold[o] : 1;
                lift[o >> 2] += (1 << 15) - lowest << DIGIT_BITS * (o & 3);
            }
        }
    }

    @Override
    void fire(RowLists lists, SpikeMap out, int firstLine, int endLine) {
        for (int tile = 0; tile < firstOutput.length - 1; tile++) {
            fireLines(tile, lists, out, firstLine, endLine);
        }
    }

    private void fireLines(int tile, RowLists lists, SpikeMap out, int firstLine, int endLine) {
        Window window = rows.window();
        int first = firstOutput[tile];
        int word = firstLine * window.outWidth() * out.wordsPerPixel + (first >> 6);
        for (int y = firstLine; y < endLine; y++) {
            for (int x = 0; x < window.outWidth(); x++) {
                int rowBase = -window.firstColumn(x) * window.columnRows();
                long bits = fireTile(tile, lists, lists.from(y, x), lists.to(y, x), rowBase);
                out.words[word] |= bits << first;
                word += out.wordsPerPixel;
            }
        }
    }

    private long fireTile(int tile, RowLists lists, int from, int to, int rowBase) {
        int[] row = lists.row;
        long[] w = packed;
        int base = (tile * tileRows + rowBase) * LONGS;
        long a = 0;
        long b = 0;
        long c = 0;
        long d = 0;
        long e = 0;
        long f = 0;
        long g = 0;
        long h = 0;
        for (int j = from; j < to; j++) {
            int at = base + row[j] * LONGS;
            a += w[at];
            b += w[at + 1];
            c += w[at + 2];
            d += w[at + 3];
            e += w[at + 4];
            f += w[at + 5];
            g += w[at + 6];
            h += w[at + 7];
        }
        int t = tile * LONGS;
        return tops(a + lift[t])
                | tops(b + lift[t + 1]) << 4
                | tops(c + lift[t + 2]) << 8
                | tops(d + lift[t + 3]) << 12
                | tops(e + lift[t + 4]) << 16
                | tops(f + lift[t + 5]) << 20
                | tops(g + lift[t + 6]) << 24
                | tops(h + lift[t + 7]) << 28;
    }

    /** The top bit of each digit, the lowest digit's first. */
    static long tops(long digits) {
        return (digits >>> 15 & ONES) * GATHER >>> 48 & 0xf;
    }

    @Override
    void sum(RowLists lists, int[] sums, int firstLine, int endLine) {
        for (int tile = 0; tile < firstOutput.length - 1; tile++) {
            sumLines(tile, lists, sums, firstLine, endLine);
        }
    }

    private void sumLines(int tile, RowLists lists, int[] sums, int firstLine, int endLine) {
        Window window = rows.window();
        int at = firstOutput[tile] + firstLine * window.outWidth() * stride();
        for (int y = firstLine; y < endLine; y++) {
            for (int x = 0; x < window.outWidth(); x++) {
                int rowBase = -window.firstColumn(x) * window.columnRows();
                sumTile(tile, lists, lists.from(y, x), lists.to(y, x), rowBase, sums, at);
                at += stride();
            }
        }
    }

    private void sumTile(int tile, RowLists lists, int from, int to, int rowBase, int[] sums, int at) {
        int[] row = lists.row;
        java.util.Arrays.fill(sums, at, at + WIDTH, 0);
        for (int j = from; j < to; j += Math.min(chunk, to - j)) {
            addChunk(tile, row, j, j + Math.min(chunk, to - j), rowBase, sums, at);
        }
    }

    private void addChunk(int tile, int[] row, int from, int to, int rowBase, int[] sums, int at) {
        long[] w = packed;
        int base = (tile * tileRows + rowBase) * LONGS;
        long a = 0;
        long b = 0;
        long c = 0;
        long d = 0;
        long e = 0;
        long f = 0;
        long g = 0;
        long h = 0;
        for (int j = from; j < to; j++) {
            int first = base + row[j] * LONGS;
            a += w[first];
            b += w[first + 1];
            c += w[first + 2];
            d += w[first + 3];
            e += w[first + 4];
            f += w[first + 5];
            g += w[first + 6];
            h += w[first + 7];
        }
        split(a, sums, at);
        split(b, sums, at + 4);
        split(c, sums, at + 8);
        split(d, sums, at + 12);
        split(e, sums, at + 16);
        split(f, sums, at + 20);
        split(g, sums, at + 24);
        split(h, sums, at + 28);
    }

    /** Adds four balanced digits to four sums: a negative digit has borrowed one from the digit above. */
    private static void split(long digits, int[] sums, int at) {
        sums[at] += (short) digits;
        long rest = (digits >> 15) + 1 >> 1;
        sums[at + 1] += (short) rest;
        rest = (rest >> 15) + 1 >> 1;
        sums[at + 2] += (short) rest;
        rest = (rest >> 15) + 1 >> 1;
        sums[at + 3] += (short) rest;
    }

    @Override
    public long weightBytes() {
        return (long) packed.length * Long.BYTES;
    }
}
