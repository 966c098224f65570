package io.spikelet.engine.gather;

/**
 * Plain Java for unsigned bytes under small windows: a value is {@code 16·high + low}, and a table holds every weight row
 * times every such nibble, four outputs to a {@code long} as balanced digits of base 2^16. A value then costs two additions
 * of table rows and no multiplication; {@code sum = 16·Σ high rows + Σ low rows}.
 */
final class NibbleSwarTiles extends Tiles {
    private static final int WIDTH = 16;
    private static final int LONGS = WIDTH / 4;
    private static final int DIGIT_BITS = SwarTiles.DIGIT_BITS;
    private static final long ONES = SwarTiles.ONES;
    private static final long HALVES = ONES << DIGIT_BITS - 1;

    /** (tiles, rows, 16 nibbles, 4). */
    private final long[] table;

    /** (tiles, 4) what makes a digit of the sums of high nibbles reach 2^15 where it fires. */
    private final long[] lift;

    /** (tiles, 4) 16 less the low nibble of the thresholds. */
    private final long[] carry;

    private final int tileRows;

    NibbleSwarTiles(WeightRows rows, int[] threshold) {
        super(rows, evenTiles(rows.outputs(), WIDTH), threshold);
        tileRows = rows.window().rows();
        int longs = stride() / 4;
        table = new long[longs * tileRows * Nibbles.COUNT];
        lift = new long[longs];
        carry = new long[longs];
        for (int i = 0; i < table.length; i++) {
            int nibble = i / LONGS % Nibbles.COUNT;
            int row = i / (LONGS * Nibbles.COUNT) % tileRows;
            int first = firstOutput[i / (LONGS * Nibbles.COUNT * tileRows)] + i % LONGS * 4;
            for (int k = 0; k < 4; k++) {
                table[i] += (long) (rows.weight(row, first + k) * nibble) << DIGIT_BITS * k;
            }
        }
        for (int o = 0; threshold != null && o < stride(); o++) {
            int lowest = o < threshold.length ? threshold[o] : 1;
            // The low sums arrive with 2^15 / 16 too much.
            long digit = (1 << 15) - (1 << 11) - 1 - Math.floorDiv(lowest, Nibbles.COUNT);
            lift[o >> 2] += digit << DIGIT_BITS * (o & 3);
            carry[o >> 2] += (long) (Nibbles.COUNT - Math.floorMod(lowest, Nibbles.COUNT)) << DIGIT_BITS * (o & 3);
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
        int[] highs = lists.row;
        int[] lows = lists.value;
        long[] rowsOf = table;
        int first = firstOutput[tile];
        int word = firstLine * window.outWidth() * out.wordsPerPixel + (first >> 6);
        for (int y = firstLine; y < endLine; y++) {
            for (int x = 0; x < window.outWidth(); x++) {
                int base = (tile * tileRows - window.firstColumn(x) * window.columnRows()) * Nibbles.COUNT;
                int to = lists.to(y, x);
                long high0 = 0;
                long high1 = 0;
                long high2 = 0;
                long high3 = 0;
                long low0 = 0;
                long low1 = 0;
                long low2 = 0;
                long low3 = 0;
                for (int j = lists.from(y, x); j < to; j++) {
                    int high = (base + highs[j]) * LONGS;
                    int low = (base + lows[j]) * LONGS;
                    high0 += rowsOf[high];
                    high1 += rowsOf[high + 1];
                    high2 += rowsOf[high + 2];
                    high3 += rowsOf[high + 3];
                    low0 += rowsOf[low];
                    low1 += rowsOf[low + 1];
                    low2 += rowsOf[low + 2];
                    low3 += rowsOf[low + 3];
                }
                int k = tile * LONGS;
                long bits = tops(high0, low0, k)
                        | tops(high1, low1, k + 1) << 4
                        | tops(high2, low2, k + 2) << 8
                        | tops(high3, low3, k + 3) << 12;
                out.words[word] |= bits << first;
                word += out.wordsPerPixel;
            }
        }
    }

    /**
     * Whether {@code 16·high + low} of each digit reaches its threshold: with the low sum as {@code 16·carried + rest}, whether
     * {@code high + carried} reaches the threshold's upper part, and exceeds it where the rest is too small.
     */
    private long tops(long high, long low, int k) {
        long lows = low + HALVES;
        long carried = lows >>> Nibbles.BITS & 0x0fff * ONES;
        long enough = (lows & Nibbles.MASK * ONES) + carry[k] >>> Nibbles.BITS & ONES;
        return SwarTiles.tops(high + carried + enough + lift[k]);
    }

    @Override
    void sum(RowLists lists, int[] sums, int firstLine, int endLine) {
        for (int k = 0; k < stride() / 4; k++) {
            sumLines(k, lists, sums, firstLine, endLine);
        }
    }

    /** Four outputs at a time: it runs once a sample, where a constant input drives membranes. */
    private void sumLines(int quad, RowLists lists, int[] sums, int firstLine, int endLine) {
        Window window = rows.window();
        int tile = quad / LONGS;
        int at = firstLine * window.outWidth() * stride() + quad * 4;
        for (int y = firstLine; y < endLine; y++) {
            for (int x = 0; x < window.outWidth(); x++) {
                int base = (tile * tileRows - window.firstColumn(x) * window.columnRows()) * Nibbles.COUNT;
                int to = lists.to(y, x);
                long high = HALVES;
                long low = HALVES;
                for (int j = lists.from(y, x); j < to; j++) {
                    high += table[(base + lists.row[j]) * LONGS + quad % LONGS];
                    low += table[(base + lists.value[j]) * LONGS + quad % LONGS];
                }
                for (int k = 0; k < 4; k++) {
                    int upper = (int) (high >>> DIGIT_BITS * k & 0xffff) - (1 << 15);
                    sums[at + k] = (upper << Nibbles.BITS) + (int) (low >>> DIGIT_BITS * k & 0xffff) - (1 << 15);
                }
                at += stride();
            }
        }
    }

    @Override
    public long weightBytes() {
        return (long) table.length * Long.BYTES;
    }
}
