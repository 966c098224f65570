package io.spikelet.engine.gather;

import java.util.Arrays;

/**
 * The plain twin for layers of one position and many outputs, like dense ones: five weight rows at once are added to
 * 16-bit sums, in a loop over outputs that the JIT compiler turns into vectors. It does so only where it sees that reads
 * and writes cannot meet, so the sums are {@code short} and the weights {@code char}; modulo 2^16 both add alike.
 */
final class FusedRowTiles extends Tiles {
    private static final int AT_ONCE = 5;

    /** Below, four outputs in a {@code long} take less time ({@link SwarTiles}). */
    private static final int FEWEST_OUTPUTS = 128;

    /** (rows + 1, stride), the last row 0: it fills the last group of rows. */
    private final char[] weights;

    /** (stride). */
    private final short[] sum;

    /** (stride) the lowest sums that fire. */
    private final short[] lowest;

    FusedRowTiles(WeightRows rows, int[] threshold) {
        super(rows, evenTiles(rows.outputs(), Long.SIZE), rows.comparesWithin(1 << 15, threshold) ? threshold : null);
        int tileRows = rows.window().rows();
        weights = new char[(tileRows + 1) * stride()];
        for (int row = 0; row < tileRows; row++) {
            for (int o = 0; o < rows.outputs(); o++) {
                weights[row * stride() + o] = (char) rows.weight(row, o);
            }
        }
        sum = new short[stride()];
        lowest = lowestShorts();
    }

    /** Whether the layer has one position and outputs enough, and its sums fit 16 bits. */
    static boolean serve(WeightRows rows) {
        return rows.window().positions() == 1 && rows.outputs() >= FEWEST_OUTPUTS && rows.fitsShort();
    }

    @Override
    void fire(RowLists lists, SpikeMap out, int firstLine, int endLine) {
        addAll(lists);
        subtract(sum, lowest);
        for (int word = 0; word < out.words.length; word++) {
            out.words[word] = notNegative(sum, word * Long.SIZE);
        }
    }

    @Override
    void sum(RowLists lists, int[] sums, int firstLine, int endLine) {
        addAll(lists);
        for (int o = 0; o < sum.length; o++) {
            sums[o] = sum[o];
        }
    }

    private void addAll(RowLists lists) {
        Arrays.fill(sum, (short) 0);
        int[] row = lists.row;
        int n = sum.length;
        int zero = weights.length - n;
        int base = -rows.window().firstColumn(0) * rows.window().columnRows() * n;
        int to = lists.to(0, 0);
        int j = lists.from(0, 0);
        for (; j + AT_ONCE <= to; j += AT_ONCE) {
            add(
                    sum,
                    weights,
                    base + row[j] * n,
                    base + row[j + 1] * n,
                    base + row[j + 2] * n,
                    base + row[j + 3] * n,
                    base + row[j + 4] * n);
        }
        if (j < to) {
            int second = j + 1 < to ? base + row[j + 1] * n : zero;
            int third = j + 2 < to ? base + row[j + 2] * n : zero;
            int fourth = j + 3 < to ? base + row[j + 3] * n : zero;
            add(sum, weights, base + row[j] * n, second, third, fourth, zero);
        }
    }

    private static void add(short[] sum, char[] w, int a, int b, int c, int d, int e) {
        for (int o = 0; o < sum.length; o++) {
            sum[o] = (short) (sum[o] + w[a + o] + w[b + o] + w[c + o] + w[d + o] + w[e + o]);
        }
    }

    private static void subtract(short[] sum, short[] less) {
        for (int o = 0; o < sum.length; o++) {
            sum[o] = (short) (sum[o] - less[o]);
        }
    }

    private static long notNegative(short[] sum, int first) {
        long even = 0;
        long odd = 0;
        for (int k = 0; k < Long.SIZE; k += 2) {
            even |= (long) (sum[first + k] >>> 31) << k;
            odd |= (long) (sum[first + k + 1] >>> 31) << k;
        }
        return ~(even | odd << 1);
    }

    @Override
    public long weightBytes() {
        return (long) weights.length * Character.BYTES;
    }
}
