package io.spikelet.engine.gather;

import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Which outputs of a tile of {@link VectorTiles} reach their thresholds. Each method holds one loop over vectors, which
 * never leave it: passed on to a method that is not inlined, a vector becomes an object.
 */
final class VectorFires {
    private static final VectorSpecies<Short> LANES = VectorTiles.LANES;
    private static final int N = LANES.length();

    private VectorFires() {}

    /**
     * 4N outputs at every position of some lines.
     *
     * @param w the tile's rows begin at {@code start}, 2N lanes each
     * @param perRow from one row to the next
     * @param lowest the lowest sums that fire, in the order of outputs
     * @param firstOutput of the tile
     * @param out takes the bits; those of the tile are 0
     */
    static void wideLines(
            short[] w,
            int start,
            int perRow,
            RowLists lists,
            int firstLine,
            int endLine,
            short[] lowest,
            int firstOutput,
            SpikeMap out) {
        Window window = lists.window;
        int[] row = lists.row;
        long[] words = out.words;
        ShortVector least0 = ShortVector.fromArray(LANES, lowest, firstOutput);
        ShortVector least1 = ShortVector.fromArray(LANES, lowest, firstOutput + N);
        ShortVector least2 = ShortVector.fromArray(LANES, lowest, firstOutput + 2 * N);
        ShortVector least3 = ShortVector.fromArray(LANES, lowest, firstOutput + 3 * N);
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
                int at = base + row[j] * perRow;
                ShortVector pair0 = ShortVector.fromArray(LANES, w, at);
                ShortVector pair1 = ShortVector.fromArray(LANES, w, at + N);
                all0 = all0.add(pair0);
                high0 = high0.add(pair0.lanewise(VectorOperators.ASHR, 8));
                all1 = all1.add(pair1);
                high1 = high1.add(pair1.lanewise(VectorOperators.ASHR, 8));
            }
            short bias = (short) (VectorTiles.BIAS * (to - from));
            ShortVector low0 = all0.sub(high0.lanewise(VectorOperators.LSHL, 8)).sub(bias);
            ShortVector low1 = all1.sub(high1.lanewise(VectorOperators.LSHL, 8)).sub(bias);
            // A tile may begin in the middle of a word: the bits of 2N outputs never cross to the next one.
            int into = position * out.wordsPerPixel;
            words[into + (firstOutput >> 6)] |=
                    (low0.compare(VectorOperators.GE, least0).toLong()
                                    | high0.compare(VectorOperators.GE, least1).toLong() << N)
                            << firstOutput;
            words[into + (firstOutput + 2 * N >> 6)] |=
                    (low1.compare(VectorOperators.GE, least2).toLong()
                                    | high1.compare(VectorOperators.GE, least3).toLong() << N)
                            << firstOutput + 2 * N;
        }
    }

    /** The same for 6N outputs, whose rows have 3N lanes. */
    static void widestLines(
            short[] w,
            int start,
            int perRow,
            RowLists lists,
            int firstLine,
            int endLine,
            short[] lowest,
            int firstOutput,
            SpikeMap out) {
        Window window = lists.window;
        int[] row = lists.row;
        long[] words = out.words;
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
            ShortVector all2 = all0;
            ShortVector high2 = all0;
            for (int j = from; j < to; j++) {
                int at = base + row[j] * perRow;
                ShortVector pair0 = ShortVector.fromArray(LANES, w, at);
                ShortVector pair1 = ShortVector.fromArray(LANES, w, at + N);
                ShortVector pair2 = ShortVector.fromArray(LANES, w, at + 2 * N);
                all0 = all0.add(pair0);
                high0 = high0.add(pair0.lanewise(VectorOperators.ASHR, 8));
                all1 = all1.add(pair1);
                high1 = high1.add(pair1.lanewise(VectorOperators.ASHR, 8));
                all2 = all2.add(pair2);
                high2 = high2.add(pair2.lanewise(VectorOperators.ASHR, 8));
            }
            // Read at every position, since registers that hold them would be taken from the sums.
            short bias = (short) (VectorTiles.BIAS * (to - from));
            ShortVector low0 = all0.sub(high0.lanewise(VectorOperators.LSHL, 8)).sub(bias);
            ShortVector low1 = all1.sub(high1.lanewise(VectorOperators.LSHL, 8)).sub(bias);
            ShortVector low2 = all2.sub(high2.lanewise(VectorOperators.LSHL, 8)).sub(bias);
            int into = position * out.wordsPerPixel;
            words[into + (firstOutput >> 6)] |= (low0.compare(
                                            VectorOperators.GE, ShortVector.fromArray(LANES, lowest, firstOutput))
                                    .toLong()
                            | high0.compare(VectorOperators.GE, ShortVector.fromArray(LANES, lowest, firstOutput + N))
                                            .toLong()
                                    << N)
                    << firstOutput;
            words[into + (firstOutput + 2 * N >> 6)] |=
                    (low1.compare(VectorOperators.GE, ShortVector.fromArray(LANES, lowest, firstOutput + 2 * N))
                                            .toLong()
                                    | high1.compare(
                                                            VectorOperators.GE,
                                                            ShortVector.fromArray(LANES, lowest, firstOutput + 3 * N))
                                                    .toLong()
                                            << N)
                            << firstOutput + 2 * N;
            words[into + (firstOutput + 4 * N >> 6)] |=
                    (low2.compare(VectorOperators.GE, ShortVector.fromArray(LANES, lowest, firstOutput + 4 * N))
                                            .toLong()
                                    | high2.compare(
                                                            VectorOperators.GE,
                                                            ShortVector.fromArray(LANES, lowest, firstOutput + 5 * N))
                                                    .toLong()
                                            << N)
                            << firstOutput + 4 * N;
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
            short[] lowest,
            int firstOutput,
            SpikeMap out) {
        Window window = lists.window;
        int[] row = lists.row;
        long[] words = out.words;
        ShortVector least0 = ShortVector.fromArray(LANES, lowest, firstOutput);
        ShortVector least1 = ShortVector.fromArray(LANES, lowest, firstOutput + N);
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
            long bits = low.compare(VectorOperators.GE, least0).toLong()
                    | high.compare(VectorOperators.GE, least1).toLong() << N;
            words[position * out.wordsPerPixel + (firstOutput >> 6)] |= bits << firstOutput;
        }
    }
}
