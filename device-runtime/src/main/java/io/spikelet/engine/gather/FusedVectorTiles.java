package io.spikelet.engine.gather;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector twin for layers of one position and many outputs, like dense ones: eight weight rows at once are added to
 * sums in memory, in lanes like those of {@link VectorTiles}. A row is met once, so what counts is how fast it comes: it
 * is read from its begin to its end, an order in which the processor fetches ahead, and the loop over it holds nothing
 * but loads and additions, since the places of rows do not change within.
 *
 * <p>One engine's own: sums are kept in it while it works.
 */
final class FusedVectorTiles extends Tiles {
    private static final VectorSpecies<Short> LANES = VectorTiles.LANES;
    private static final int N = LANES.length();
    private static final int HALF = N / 2;

    /** Fewer write sums more often, more do not fit the registers that hold their places. */
    private static final int AT_ONCE = Lister.SLACK;

    /** (rows + 1, stride / 2) two weights a lane; the last row's are 0: it fills the last group of rows. */
    private final short[] lanes;

    /** (stride / 2) sums of the lanes, modulo 2^16. */
    private final short[] all;

    /** (stride / 2) sums of their upper halves. */
    private final short[] high;

    /** (stride) the lowest sums that fire. */
    private final short[] lowest;

    FusedVectorTiles(WeightRows rows, int[] threshold) {
        super(rows, evenTiles(rows.outputs(), 2 * N), threshold);
        int perRow = stride() / 2;
        int count = rows.window().rows();
        lanes = new short[(count + 1) * perRow];
        for (int row = 0; row < count; row++) {
            for (int i = 0; i < perRow; i++) {
                int low = i / N * 2 * N + VectorTiles.output(i % N, fires());
                lanes[row * perRow + i] = VectorTiles.lane(rows, row, low);
            }
        }
        Arrays.fill(lanes, count * perRow, lanes.length, (short) VectorTiles.BIAS);
        all = new short[perRow];
        high = new short[perRow];
        lowest = lowestShorts();
    }

    @Override
    void fire(RowLists lists, SpikeMap out, int firstLine, int endLine) {
        compare(all, high, addAll(lists), lowest, out.words);
    }

    @Override
    void sum(RowLists lists, int[] sums, int firstLine, int endLine) {
        widen(all, high, addAll(lists), sums);
    }

    /** @return what the biases of the rows add up to */
    private short addAll(RowLists lists) {
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
                    lanes,
                    base + row[j] * perRow,
                    base + row[j + 1] * perRow,
                    base + row[j + 2] * perRow,
                    base + row[j + 3] * perRow,
                    base + row[j + 4] * perRow,
                    base + row[j + 5] * perRow,
                    base + row[j + 6] * perRow,
                    base + row[j + 7] * perRow,
                    all,
                    high);
        }
        return (short) (VectorTiles.BIAS * (j - from));
    }

    /** Adds eight rows; each is named by where it begins. */
    private static void add(
            short[] w, int a, int b, int c, int d, int e, int f, int g, int h, short[] all, short[] high) {
        for (int i = 0; i < all.length; i += N) {
            ShortVector atA = ShortVector.fromArray(LANES, w, a + i);
            ShortVector atB = ShortVector.fromArray(LANES, w, b + i);
            ShortVector atC = ShortVector.fromArray(LANES, w, c + i);
            ShortVector atD = ShortVector.fromArray(LANES, w, d + i);
            ShortVector atE = ShortVector.fromArray(LANES, w, e + i);
            ShortVector atF = ShortVector.fromArray(LANES, w, f + i);
            ShortVector atG = ShortVector.fromArray(LANES, w, g + i);
            ShortVector atH = ShortVector.fromArray(LANES, w, h + i);
            ShortVector whole = atA.add(atB).add(atC.add(atD)).add(atE.add(atF).add(atG.add(atH)));
            whole.add(ShortVector.fromArray(LANES, all, i)).intoArray(all, i);
            ShortVector upper = upper(atA)
                    .add(upper(atB))
                    .add(upper(atC).add(upper(atD)))
                    .add(upper(atE).add(upper(atF)).add(upper(atG).add(upper(atH))));
            upper.add(ShortVector.fromArray(LANES, high, i)).intoArray(high, i);
        }
    }

    private static ShortVector upper(ShortVector pairs) {
        return pairs.lanewise(VectorOperators.ASHR, Byte.SIZE);
    }

    private static void compare(short[] all, short[] high, short bias, short[] lowest, long[] words) {
        for (int i = 0; i < all.length; i += N) {
            ShortVector upper = ShortVector.fromArray(LANES, high, i);
            ShortVector lower = ShortVector.fromArray(LANES, all, i)
                    .sub(upper.lanewise(VectorOperators.LSHL, Byte.SIZE))
                    .sub(bias);
            int first = 2 * i;
            long lowerBits = lower.compare(VectorOperators.GE, ShortVector.fromArray(LANES, lowest, first))
                    .toLong();
            long upperBits = upper.compare(VectorOperators.GE, ShortVector.fromArray(LANES, lowest, first + N))
                    .toLong();
            words[first >> 6] |= (lowerBits | upperBits << N) << first;
        }
    }

    private static void widen(short[] all, short[] high, short bias, int[] sums) {
        for (int i = 0; i < all.length; i += N) {
            ShortVector upper = ShortVector.fromArray(LANES, high, i);
            IntVector lowerPairs = ShortVector.fromArray(LANES, all, i)
                    .sub(upper.lanewise(VectorOperators.LSHL, Byte.SIZE))
                    .sub(bias)
                    .reinterpretAsInts();
            IntVector upperPairs = upper.reinterpretAsInts();
            int first = 2 * i;
            lowerPairs
                    .lanewise(VectorOperators.LSHL, Short.SIZE)
                    .lanewise(VectorOperators.ASHR, Short.SIZE)
                    .intoArray(sums, first);
            lowerPairs.lanewise(VectorOperators.ASHR, Short.SIZE).intoArray(sums, first + HALF);
            upperPairs
                    .lanewise(VectorOperators.LSHL, Short.SIZE)
                    .lanewise(VectorOperators.ASHR, Short.SIZE)
                    .intoArray(sums, first + N);
            upperPairs.lanewise(VectorOperators.ASHR, Short.SIZE).intoArray(sums, first + N + HALF);
        }
    }

    @Override
    public long weightBytes() {
        return (long) lanes.length * Short.BYTES;
    }
}
