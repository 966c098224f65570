package io.spikelet.engine.gather;

/**
 * Plain Java for inputs that carry values: two outputs share a {@code long} as balanced digits of base 2^32, and one
 * multiplication serves both.
 */
final class ValueSwarTiles extends Tiles {
    private static final int WIDTH = 16;
    private static final int LONGS = WIDTH / 2;

    /** (tiles, rows, 8). */
    private final long[] packed;

    /** (tiles, 8) 2^31 less the thresholds. */
    private final long[] lift;

    private final int tileRows;

    ValueSwarTiles(WeightRows rows, int[] threshold) {
        super(rows, evenTiles(rows.outputs(), WIDTH), rows.comparesWithin(1L << 31, threshold) ? threshold : null);
        tileRows = rows.window().rows();
        lift = new long[(firstOutput.length - 1) * LONGS];
        for (int o = 0; this.threshold != null && o < stride(); o++) {
            long lowest = o < threshold.length ? threshold[o] : 1;
            lift[o >> 1] += (1L << 31) - lowest << Integer.SIZE * (o & 1);
        }
        packed = new long[(firstOutput.length - 1) * tileRows * LONGS];
        for (int i = 0; i < packed.length; i++) {
            int tile = i / (tileRows * LONGS);
            int row = i / LONGS % tileRows;
            int first = firstOutput[tile] + i % LONGS * 2;
            packed[i] = rows.weight(row, first) + ((long) rows.weight(row, first + 1) << Integer.SIZE);
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
                out.words[word] |= fireTile(tile, lists, lists.from(y, x), lists.to(y, x), rowBase) << first;
                word += out.wordsPerPixel;
            }
        }
    }

    private long fireTile(int tile, RowLists lists, int from, int to, int rowBase) {
        int[] row = lists.row;
        int[] value = lists.value;
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
            long v = value[j];
            a += v * w[at];
            b += v * w[at + 1];
            c += v * w[at + 2];
            d += v * w[at + 3];
            e += v * w[at + 4];
            f += v * w[at + 5];
            g += v * w[at + 6];
            h += v * w[at + 7];
        }
        int t = tile * LONGS;
        return tops(a + lift[t])
                | tops(b + lift[t + 1]) << 2
                | tops(c + lift[t + 2]) << 4
                | tops(d + lift[t + 3]) << 6
                | tops(e + lift[t + 4]) << 8
                | tops(f + lift[t + 5]) << 10
                | tops(g + lift[t + 6]) << 12
                | tops(h + lift[t + 7]) << 14;
    }

    /** The top bit of each digit, the lower digit's first. */
    private static long tops(long digits) {
        return digits >>> 31 & 1 | digits >>> 62 & 2;
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
        int[] value = lists.value;
        for (int k = 0; k < LONGS; k++) {
            long digits = 0;
            int base = (tile * tileRows + rowBase) * LONGS + k;
            for (int j = from; j < to; j++) {
                digits += value[j] * packed[base + row[j] * LONGS];
            }
            sums[at + 2 * k] = (int) digits;
            sums[at + 2 * k + 1] = (int) ((digits >> 31) + 1 >> 1);
        }
    }

    @Override
    public long weightBytes() {
        return (long) packed.length * Long.BYTES;
    }
}
