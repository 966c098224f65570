package io.spikelet.engine.gather;

import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The plain twin for layers of one position and many outputs, like dense ones: four weight rows at once are added to sums
 * in memory, in a loop over outputs that the JIT compiler turns into vectors. It does so only where it sees that reads
 * and writes cannot meet, so sums are {@code long} and weights are bytes that are read eight at a time; and what such a
 * loop does before its first whole vector and after its last one is least with lanes as wide as these.
 *
 * <p>Eight outputs share a {@code long}, two to each of its four 16-bit digits, as {@code (high + 128)·2^8 + (low + 128)}.
 * One sum is of the longs as they are, modulo 2^64, another of the upper halves of their digits. With n rows
 * {@code all − high·2^8 − 128·n} and {@code high − 128·n}, taken digit by digit, are the balanced digits of {@link SwarTiles},
 * exact because every true sum is proved to fit 16 bits.
 *
 * <p>One engine's own: sums are kept in it while it works.
 */
final class FusedRowTiles extends Tiles {
    private static final VarHandle LONG = EightBytes.LONG;

    /** A fifth row in the same loop, and it is no longer turned into vectors. */
    private static final int AT_ONCE = 4;

    private static final int BIAS = 128;
    private static final int DIGIT_BITS = SwarTiles.DIGIT_BITS;
    private static final long ONES = SwarTiles.ONES;
    private static final long LOWER = 0xff * ONES;

    /** Longs whose outputs make a word of spikes. */
    private static final int PER_WORD = Long.SIZE / Long.BYTES;

    /** (rows + 1, stride) bytes of the longs, lowest first; the last row's weights are 0: it fills the last group of rows. */
    private final byte[] weights;

    /** (stride / 8) sums of the longs, modulo 2^64. */
    private final long[] all;

    /** (stride / 8) sums of the upper halves of their digits. */
    private final long[] high;

    /** (stride / 8) what makes a digit reach 2^15 where it fires: of low outputs, and of high ones. */
    private final long[] lowLift;

    private final long[] highLift;

    FusedRowTiles(WeightRows rows, int[] threshold) {
        super(rows, evenTiles(rows.outputs(), Long.SIZE), rows.comparesWithin(1 << 15, threshold) ? threshold : null);
        int stride = stride();
        int count = rows.window().rows();
        weights = new byte[(count + 1) * stride];
        Arrays.fill(weights, (byte) BIAS);
        int[] place = new int[rows.outputs()];
        for (int o = 0; o < place.length; o++) {
            place[o] = place(o);
        }
        byte[] laid = rows.weights();
        int next = 0;
        for (int row = 0; row < count; row++) {
            int at = row * stride;
            for (int within : place) {
                weights[at + within] = (byte) (laid[next++] + BIAS);
            }
        }
        all = new long[stride / Long.BYTES];
        high = new long[all.length];
        lowLift = new long[all.length];
        highLift = new long[all.length];
        for (int o = 0; o < stride; o++) {
            long[] lift = (place(o) & 1) == 0 ? lowLift : highLift;
            lift[place(o) / Long.BYTES] += (1 << 15) - (long) lowest(o) << DIGIT_BITS * digit(o);
        }
    }

    /** The byte of a row that holds an output's weight, such that the tops of the digits need no more than a shift. */
    private static int place(int output) {
        int within = output % Long.SIZE;
        int number = output / Long.SIZE * PER_WORD + within % PER_WORD;
        return number * Long.BYTES + digit(output) * 2 + within / PER_WORD % 2;
    }

    private static int digit(int output) {
        return output % Long.SIZE / DIGIT_BITS;
    }

    @Override
    void fire(RowLists lists, SpikeMap out, int firstLine, int endLine) {
        long bias = addAll(lists);
        for (int word = 0; word < out.words.length; word++) {
            long bits = 0;
            for (int k = 0; k < PER_WORD; k++) {
                int i = word * PER_WORD + k;
                long low = all[i] - (high[i] << Byte.SIZE) - bias + lowLift[i];
                long upper = high[i] - bias + highLift[i];
                bits |= (low >>> 15 & ONES) << k | (upper >>> 15 & ONES) << k + PER_WORD;
            }
            out.words[word] = bits;
        }
    }

    @Override
    void sum(RowLists lists, int[] sums, int firstLine, int endLine) {
        long bias = addAll(lists);
        for (int i = 0; i < all.length; i++) {
            int first = i / PER_WORD * Long.SIZE + i % PER_WORD;
            split(all[i] - (high[i] << Byte.SIZE) - bias, sums, first);
            split(high[i] - bias, sums, first + PER_WORD);
        }
    }

    /** Four balanced digits to every sixteenth sum: a negative digit has borrowed one from the digit above. */
    private static void split(long digits, int[] sums, int first) {
        long rest = digits;
        for (int k = 0; k < Long.SIZE; k += DIGIT_BITS) {
            sums[first + k] = (short) rest;
            rest = (rest >> 15) + 1 >> 1;
        }
    }

    /** @return what the biases of the rows add up to in each digit */
    private long addAll(RowLists lists) {
        Arrays.fill(all, 0);
        Arrays.fill(high, 0);
        int perRow = stride();
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
                    weights,
                    base + row[j] * perRow,
                    base + row[j + 1] * perRow,
                    base + row[j + 2] * perRow,
                    base + row[j + 3] * perRow);
        }
        return ONES * BIAS * (j - from);
    }

    private static void add(long[] all, long[] high, byte[] w, int a, int b, int c, int d) {
        for (int i = 0; i < all.length; i++) {
            long atA = (long) LONG.get(w, a + i * Long.BYTES);
            long atB = (long) LONG.get(w, b + i * Long.BYTES);
            long atC = (long) LONG.get(w, c + i * Long.BYTES);
            long atD = (long) LONG.get(w, d + i * Long.BYTES);
            all[i] += atA + atB + atC + atD;
            high[i] += (atA >>> Byte.SIZE & LOWER)
                    + (atB >>> Byte.SIZE & LOWER)
                    + (atC >>> Byte.SIZE & LOWER)
                    + (atD >>> Byte.SIZE & LOWER);
        }
    }

    @Override
    public long weightBytes() {
        return weights.length;
    }
}
