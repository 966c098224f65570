package io.spikelet.engine.gather;

import java.util.Arrays;

/**
 * The plain twin for layers of one position and many outputs, like dense ones: four weight rows at once are added to
 * 16-bit sums, in a loop over outputs that the JIT compiler turns into vectors. It does so only where it sees that reads
 * and writes cannot meet, so the sums are {@code short} and the weights {@code char}; modulo 2^16 both add alike. A lane
 * holds two weights, {@code (high + 128) · 2^8 + (low + 128)}, of outputs half a row apart, and there are two sums: of
 * lanes as they are and of their upper halves. With n rows {@code low = lanes − high · 2^8 − 128·n}, exact because both
 * sums are proved to fit 16 bits.
 *
 * <p>One engine's own: sums are kept in it while it works.
 */
final class FusedRowTiles extends Tiles {
    /** A fifth row in the same loop, and it is no longer turned into vectors. */
    private static final int AT_ONCE = 4;

    private static final int BIAS = 128;

    /** (rows + 1, stride / 2) two weights a lane; the last row's are 0: it fills the last group of rows. */
    private final char[] lanes;

    /** (stride / 2) sums of the lanes, modulo 2^16. */
    private final short[] all;

    /** (stride / 2) sums of their upper halves. */
    private final short[] high;

    /** (stride) sums less {@link #least}. */
    private final short[] sum;

    /** (stride) the lowest sums that fire, or 0 where sums are wanted. */
    private final short[] least;

    FusedRowTiles(WeightRows rows, int[] threshold) {
        super(rows, evenTiles(rows.outputs(), Long.SIZE), rows.comparesWithin(1 << 15, threshold) ? threshold : null);
        int perRow = stride() / 2;
        int count = rows.window().rows();
        lanes = new char[(count + 1) * perRow];
        for (int row = 0; row < count; row++) {
            for (int i = 0; i < perRow; i++) {
                lanes[row * perRow + i] = lane(rows.weight(row, i + perRow), rows.weight(row, i));
            }
        }
        Arrays.fill(lanes, count * perRow, lanes.length, lane(0, 0));
        all = new short[perRow];
        high = new short[perRow];
        sum = new short[stride()];
        least = fires() ? lowestShorts() : new short[stride()];
    }

    private static char lane(int high, int low) {
        return (char) ((high + BIAS << Byte.SIZE) + low + BIAS);
    }

    @Override
    void fire(RowLists lists, SpikeMap out, int firstLine, int endLine) {
        addAll(lists);
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
        Arrays.fill(all, (short) 0);
        Arrays.fill(high, (short) 0);
        int perRow = all.length;
        int base = -lists.rowsBefore() * perRow;
        int[] row = lists.row;
        int from = lists.from(0, 0);
        int to = lists.to(0, 0);
        lists.fillGroup(AT_ONCE);
        int j = from;
        for (; j < to; j += AT_ONCE) {
            add(
                    all,
                    high,
                    lanes,
                    base + row[j] * perRow,
                    base + row[j + 1] * perRow,
                    base + row[j + 2] * perRow,
                    base + row[j + 3] * perRow);
        }
        int bias = BIAS * (j - from);
        lower(sum, all, high, least, bias);
        upper(sum, high, least, bias);
    }

    private static void add(short[] all, short[] high, char[] w, int a, int b, int c, int d) {
        for (int i = 0; i < all.length; i++) {
            all[i] = (short) (all[i] + w[a + i] + w[b + i] + w[c + i] + w[d + i]);
            high[i] = (short) (high[i] + (w[a + i] >> 8) + (w[b + i] >> 8) + (w[c + i] >> 8) + (w[d + i] >> 8));
        }
    }

    private static void lower(short[] sum, short[] all, short[] high, short[] least, int bias) {
        for (int i = 0; i < all.length; i++) {
            sum[i] = (short) (all[i] - (high[i] << 8) - least[i] - bias);
        }
    }

    private static void upper(short[] sum, short[] high, short[] least, int bias) {
        int perRow = high.length;
        for (int i = 0; i < perRow; i++) {
            sum[perRow + i] = (short) (high[i] - least[perRow + i] - bias);
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
        return (long) lanes.length * Character.BYTES;
    }
}
