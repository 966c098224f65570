package io.spikelet.engine.gather;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sums of {@link VectorTiles}, widened to 32 bits. Widening takes the even and the odd 16-bit lanes apart, whose
 * outputs were laid for it. Each method holds one loop over vectors, which never leave it: passed on to a method that is
 * not inlined, a vector becomes an object.
 */
final class VectorSums {
    private static final VectorSpecies<Short> LANES = VectorTiles.LANES;
    private static final VectorSpecies<Integer> WIDE = VectorSpecies.of(int.class, LANES.vectorShape());
    private static final int N = LANES.length();
    private static final int HALF = N / 2;

    private VectorSums() {}

    /**
     * The sums of 4N outputs at every position of some lines.
     *
     * @param w the tile's rows begin at {@code start}, 2N lanes each
     * @param perRow from one row to the next
     * @param into where the first position's sums go, the next one's {@code stride} further
     */
    static void wideLines(
            short[] w,
            int start,
            int perRow,
            RowLists lists,
            int firstLine,
            int endLine,
            int[] sums,
            int into,
            int stride) {
        Window window = lists.window;
        int[] row = lists.row;
        int at = into;
        for (int position = firstLine * window.outWidth(); position < endLine * window.outWidth(); position++) {
            int y = position / window.outWidth();
            int x = position - y * window.outWidth();
            int base = start - window.firstColumn(x) * window.columnRows() * perRow;
            int from = lists.from(y, x);
            int to = lists.to(y, x);
            ShortVector all0 = ShortVector.zero(LANES);
            ShortVector high0 = all0;
            ShortVector all1 = all0;
            ShortVector high1 = all0;
            for (int j = from; j < to; j++) {
                int first = base + row[j] * perRow;
                ShortVector pair0 = ShortVector.fromArray(LANES, w, first);
                ShortVector pair1 = ShortVector.fromArray(LANES, w, first + N);
                all0 = all0.add(pair0);
                high0 = high0.add(pair0.lanewise(VectorOperators.ASHR, 8));
                all1 = all1.add(pair1);
                high1 = high1.add(pair1.lanewise(VectorOperators.ASHR, 8));
            }
            short bias = (short) (VectorTiles.BIAS * (to - from));
            ShortVector low0 = all0.sub(high0.lanewise(VectorOperators.LSHL, 8)).sub(bias);
            ShortVector low1 = all1.sub(high1.lanewise(VectorOperators.LSHL, 8)).sub(bias);
            IntVector low0Pairs = low0.reinterpretAsInts();
            low0Pairs
                    .lanewise(VectorOperators.LSHL, 16)
                    .lanewise(VectorOperators.ASHR, 16)
                    .intoArray(sums, at);
            low0Pairs.lanewise(VectorOperators.ASHR, 16).intoArray(sums, at + HALF);
            IntVector high0Pairs = high0.reinterpretAsInts();
            high0Pairs
                    .lanewise(VectorOperators.LSHL, 16)
                    .lanewise(VectorOperators.ASHR, 16)
                    .intoArray(sums, at + N);
            high0Pairs.lanewise(VectorOperators.ASHR, 16).intoArray(sums, at + N + HALF);
            IntVector low1Pairs = low1.reinterpretAsInts();
            low1Pairs
                    .lanewise(VectorOperators.LSHL, 16)
                    .lanewise(VectorOperators.ASHR, 16)
                    .intoArray(sums, at + 2 * N);
            low1Pairs.lanewise(VectorOperators.ASHR, 16).intoArray(sums, at + 2 * N + HALF);
            IntVector high1Pairs = high1.reinterpretAsInts();
            high1Pairs
                    .lanewise(VectorOperators.LSHL, 16)
                    .lanewise(VectorOperators.ASHR, 16)
                    .intoArray(sums, at + 3 * N);
            high1Pairs.lanewise(VectorOperators.ASHR, 16).intoArray(sums, at + 3 * N + HALF);
            at += stride;
        }
    }

    /** The same for 2N outputs, whose rows have N lanes. */
    static void narrowLines(
            short[] w,
            int start,
            int perRow,
            RowLists lists,
            int firstLine,
            int endLine,
            int[] sums,
            int into,
            int stride) {
        Window window = lists.window;
        int[] row = lists.row;
        int at = into;
        for (int position = firstLine * window.outWidth(); position < endLine * window.outWidth(); position++) {
            int y = position / window.outWidth();
            int x = position - y * window.outWidth();
            int base = start - window.firstColumn(x) * window.columnRows() * perRow;
            int from = lists.from(y, x);
            int to = lists.to(y, x);
            ShortVector all = ShortVector.zero(LANES);
            ShortVector high = all;
            for (int j = from; j < to; j++) {
                ShortVector pair = ShortVector.fromArray(LANES, w, base + row[j] * perRow);
                all = all.add(pair);
                high = high.add(pair.lanewise(VectorOperators.ASHR, 8));
            }
            ShortVector low =
                    all.sub(high.lanewise(VectorOperators.LSHL, 8)).sub((short) (VectorTiles.BIAS * (to - from)));
            IntVector lowPairs = low.reinterpretAsInts();
            lowPairs.lanewise(VectorOperators.LSHL, 16)
                    .lanewise(VectorOperators.ASHR, 16)
                    .intoArray(sums, at);
            lowPairs.lanewise(VectorOperators.ASHR, 16).intoArray(sums, at + HALF);
            IntVector highPairs = high.reinterpretAsInts();
            highPairs
                    .lanewise(VectorOperators.LSHL, 16)
                    .lanewise(VectorOperators.ASHR, 16)
                    .intoArray(sums, at + N);
            highPairs.lanewise(VectorOperators.ASHR, 16).intoArray(sums, at + N + HALF);
            at += stride;
        }
    }

    /**
     * Adds some rows to 2N sums of one position.
     *
     * @param first where row 0 of the window has its lanes of these outputs
     * @param perRow from one row to the next
     */
    static void add(short[] w, int first, int perRow, int rowBase, int[] row, int from, int to, int[] sums, int at) {
        ShortVector all = ShortVector.zero(LANES);
        ShortVector high = all;
        for (int j = from; j < to; j++) {
            ShortVector pair = ShortVector.fromArray(LANES, w, first + (rowBase + row[j]) * perRow);
            all = all.add(pair);
            high = high.add(pair.lanewise(VectorOperators.ASHR, 8));
        }
        ShortVector low = all.sub(high.lanewise(VectorOperators.LSHL, 8)).sub((short) (VectorTiles.BIAS * (to - from)));
        IntVector lowPairs = low.reinterpretAsInts();
        IntVector.fromArray(WIDE, sums, at)
                .add(lowPairs.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16))
                .intoArray(sums, at);
        IntVector.fromArray(WIDE, sums, at + HALF)
                .add(lowPairs.lanewise(VectorOperators.ASHR, 16))
                .intoArray(sums, at + HALF);
        IntVector highPairs = high.reinterpretAsInts();
        IntVector.fromArray(WIDE, sums, at + N)
                .add(highPairs.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16))
                .intoArray(sums, at + N);
        IntVector.fromArray(WIDE, sums, at + N + HALF)
                .add(highPairs.lanewise(VectorOperators.ASHR, 16))
                .intoArray(sums, at + N + HALF);
    }
}
