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

    private final int tileRows;

    ValueSwarTiles(WeightRows rows, int[] threshold) {
        super(rows, evenTiles(rows.outputs(), WIDTH), threshold);
        tileRows = rows.window().rows();
        packed = new long[(firstOutput.length - 1) * tileRows * LONGS];
        for (int i = 0; i < packed.length; i++) {
            int tile = i / (tileRows * LONGS);
            int row = i / LONGS % tileRows;
            int first = firstOutput[tile] + i % LONGS * 2;
            packed[i] = rows.weight(row, first) + ((long) rows.weight(row, first + 1) << Integer.SIZE);
        }
    }

    @Override
    long fireTile(int tile, RowLists lists, int from, int to, int rowBase) {
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
        int o = firstOutput[tile];
        return reached(a, o)
                | reached(b, o + 2) << 2
                | reached(c, o + 4) << 4
                | reached(d, o + 6) << 6
                | reached(e, o + 8) << 8
                | reached(f, o + 10) << 10
                | reached(g, o + 12) << 12
                | reached(h, o + 14) << 14;
    }

    private long reached(long digits, int output) {
        int low = (int) digits;
        int high = (int) ((digits >> 31) + 1 >> 1);
        return reaches(low, output) | reaches(high, output + 1) << 1;
    }

    private long reaches(int sum, int output) {
        return output < threshold.length && sum >= threshold[output] ? 1 : 0;
    }

    @Override
    void sumTile(int tile, RowLists lists, int from, int to, int rowBase, int[] sums, int at) {
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
