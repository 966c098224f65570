package io.spikelet.engine.gather;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector twin: two int8 weights share a 16-bit lane as {@code high · 2^8 + (low + 128)}. One accumulator sums the
 * lanes as they are, modulo 2^16, another their upper halves; with n rows {@code low = lanes − high · 2^8 − 128·n},
 * exact because both sums are proved to fit 16 bits. Three vector operations add a row for twice as many outputs as
 * there are lanes.
 *
 * <p>A tile is four lanes' worth wide, or two where no more outputs are left. The loops are flat and counted, and hold at
 * most four accumulators: what the JIT compiler keeps in registers.
 */
final class VectorTiles extends Tiles {
    /** 128 or 256 bits; wider ones do not fit the 64 bits that a tile fires. */
    private static final VectorSpecies<Short> LANES =
            ShortVector.SPECIES_PREFERRED.length() >= 16 ? ShortVector.SPECIES_256 : ShortVector.SPECIES_128;

    private static final VectorSpecies<Integer> WIDE = VectorSpecies.of(int.class, LANES.vectorShape());
    private static final int N = LANES.length();
    private static final int HALF = N / 2;

    /** Outputs of a narrow and of a wide tile. */
    private static final int NARROW = 2 * N;

    private static final int WIDTH = 4 * N;

    private static final int BIAS = 128;

    /** Tile after tile: (rows, N or 2N) lanes. */
    private final short[] lanes;

    /** (tiles) where a tile's rows begin, in lanes. */
    private final int[] tileStart;

    /** (padded outputs) in the order of the accumulators. */
    private final short[] lowestFiring;

    private final int chunk;

    VectorTiles(WeightRows rows, int[] threshold) {
        super(rows, tiling(rows.outputs()), rows.fitsShort() ? threshold : null);
        int tiles = firstOutput.length - 1;
        int tileRows = rows.window().rows();
        chunk = rows.fitsShort() ? Integer.MAX_VALUE : ROWS_BEFORE_WIDENING;
        tileStart = new int[tiles];
        lanes = new short[stride() / 2 * tileRows];
        lowestFiring = new short[stride()];
        for (int tile = 0; tile < tiles; tile++) {
            tileStart[tile] = firstOutput[tile] / 2 * tileRows;
            int perRow = (firstOutput[tile + 1] - firstOutput[tile]) / 2;
            for (int i = 0; i < tileRows * perRow; i++) {
                int low = firstOutput[tile] + i % perRow / N * NARROW + output(i % N);
                int row = i / perRow;
                lanes[tileStart[tile] + i] = (short) ((rows.weight(row, low + N) << 8) + rows.weight(row, low) + BIAS);
            }
        }
        for (int o = 0; o < lowestFiring.length; o++) {
            int lowest = this.threshold == null || o >= threshold.length ? 1 : threshold[o];
            lowestFiring[o] = (short) Math.clamp(lowest, Short.MIN_VALUE, Short.MAX_VALUE);
        }
    }

    /** Which of N outputs a 16-bit lane serves: in order to compare, evens before odds to widen. */
    private int output(int lane) {
        return threshold != null ? lane : lane / 2 + lane % 2 * HALF;
    }

    private static int[] tiling(int outputs) {
        int narrow = (outputs + NARROW - 1) / NARROW;
        int[] first = new int[(narrow + 1) / 2 + 1];
        for (int k = 0; k < first.length; k++) {
            first[k] = Math.min(k * WIDTH, narrow * NARROW);
        }
        return first;
    }

    private boolean isWide(int tile) {
        return firstOutput[tile + 1] - firstOutput[tile] == WIDTH;
    }

    /**
     * The loop of {@link Tiles#fire} once for each kind of tile, so that each holds one vector loop: the JIT compiler keeps
     * accumulators in registers only where a method has few of them.
     */
    @Override
    void fire(RowLists lists, SpikeMap out, int firstLine, int endLine) {
        for (int tile = 0; tile < firstOutput.length - 1; tile++) {
            if (isWide(tile)) {
                fireWideLines(tile, lists, out, firstLine, endLine);
            } else {
                fireNarrowLines(tile, lists, out, firstLine, endLine);
            }
        }
    }

    private void fireWideLines(int tile, RowLists lists, SpikeMap out, int firstLine, int endLine) {
        Window window = rows.window();
        int first = firstOutput[tile];
        int word = firstLine * window.outWidth() * out.wordsPerPixel + (first >> 6);
        for (int y = firstLine; y < endLine; y++) {
            for (int x = 0; x < window.outWidth(); x++) {
                int base = tileStart[tile] - window.firstColumn(x) * window.columnRows() * (2 * N);
                long bits = fireWide(lanes, base, lists.row, lists.from(y, x), lists.to(y, x), lowestFiring, first);
                out.words[word] |= bits << first;
                word += out.wordsPerPixel;
            }
        }
    }

    private void fireNarrowLines(int tile, RowLists lists, SpikeMap out, int firstLine, int endLine) {
        Window window = rows.window();
        int first = firstOutput[tile];
        int word = firstLine * window.outWidth() * out.wordsPerPixel + (first >> 6);
        for (int y = firstLine; y < endLine; y++) {
            for (int x = 0; x < window.outWidth(); x++) {
                int base = tileStart[tile] - window.firstColumn(x) * window.columnRows() * N;
                long bits = fireNarrow(lanes, base, lists.row, lists.from(y, x), lists.to(y, x), lowestFiring, first);
                out.words[word] |= bits << first;
                word += out.wordsPerPixel;
            }
        }
    }

    @Override
    long fireTile(int tile, RowLists lists, int from, int to, int rowBase) {
        int[] row = lists.row;
        return isWide(tile)
                ? fireWide(lanes, tileStart[tile] + rowBase * (2 * N), row, from, to, lowestFiring, firstOutput[tile])
                : fireNarrow(lanes, tileStart[tile] + rowBase * N, row, from, to, lowestFiring, firstOutput[tile]);
    }

    private static long fireWide(short[] w, int base, int[] row, int from, int to, short[] lowest, int first) {
        ShortVector all0 = ShortVector.zero(LANES);
        ShortVector high0 = all0;
        ShortVector all1 = all0;
        ShortVector high1 = all0;
        for (int j = from; j < to; j++) {
            int at = base + row[j] * (2 * N);
            ShortVector pair0 = ShortVector.fromArray(LANES, w, at);
            ShortVector pair1 = ShortVector.fromArray(LANES, w, at + N);
            all0 = all0.add(pair0);
            high0 = high0.add(pair0.lanewise(VectorOperators.ASHR, 8));
            all1 = all1.add(pair1);
            high1 = high1.add(pair1.lanewise(VectorOperators.ASHR, 8));
        }
        short bias = (short) (BIAS * (to - from));
        ShortVector low0 = all0.sub(high0.lanewise(VectorOperators.LSHL, 8)).sub(bias);
        ShortVector low1 = all1.sub(high1.lanewise(VectorOperators.LSHL, 8)).sub(bias);
        return reached(low0, lowest, first)
                | reached(high0, lowest, first + N) << N
                | reached(low1, lowest, first + 2 * N) << 2 * N
                | reached(high1, lowest, first + 3 * N) << 3 * N;
    }

    private static long fireNarrow(short[] w, int base, int[] row, int from, int to, short[] lowest, int first) {
        ShortVector all = ShortVector.zero(LANES);
        ShortVector high = all;
        for (int j = from; j < to; j++) {
            ShortVector pair = ShortVector.fromArray(LANES, w, base + row[j] * N);
            all = all.add(pair);
            high = high.add(pair.lanewise(VectorOperators.ASHR, 8));
        }
        ShortVector low = all.sub(high.lanewise(VectorOperators.LSHL, 8)).sub((short) (BIAS * (to - from)));
        return reached(low, lowest, first) | reached(high, lowest, first + N) << N;
    }

    private static long reached(ShortVector sums, short[] lowest, int first) {
        return sums.compare(VectorOperators.GE, ShortVector.fromArray(LANES, lowest, first))
                .toLong();
    }

    @Override
    void sumTile(int tile, RowLists lists, int from, int to, int rowBase, int[] sums, int at) {
        int[] row = lists.row;
        int width = firstOutput[tile + 1] - firstOutput[tile];
        java.util.Arrays.fill(sums, at, at + width, 0);
        for (int j = from; j < to; j += Math.min(chunk, to - j)) {
            int end = j + Math.min(chunk, to - j);
            if (isWide(tile)) {
                addWide(lanes, tileStart[tile] + rowBase * (2 * N), row, j, end, sums, at);
            } else {
                addNarrow(lanes, tileStart[tile] + rowBase * N, row, j, end, sums, at);
            }
        }
    }

    /**
     * Adds the rows to 4N sums. Widening takes the even and the odd 16-bit lanes apart, whose outputs were laid for it
     * ({@link #output}). All in one method: a vector that is passed on to a method that is not inlined becomes an object.
     */
    private static void addWide(short[] w, int base, int[] row, int from, int to, int[] sums, int at) {
        ShortVector all0 = ShortVector.zero(LANES);
        ShortVector high0 = all0;
        ShortVector all1 = all0;
        ShortVector high1 = all0;
        for (int j = from; j < to; j++) {
            int first = base + row[j] * (2 * N);
            ShortVector pair0 = ShortVector.fromArray(LANES, w, first);
            ShortVector pair1 = ShortVector.fromArray(LANES, w, first + N);
            all0 = all0.add(pair0);
            high0 = high0.add(pair0.lanewise(VectorOperators.ASHR, 8));
            all1 = all1.add(pair1);
            high1 = high1.add(pair1.lanewise(VectorOperators.ASHR, 8));
        }
        short bias = (short) (BIAS * (to - from));
        ShortVector low0 = all0.sub(high0.lanewise(VectorOperators.LSHL, 8)).sub(bias);
        ShortVector low1 = all1.sub(high1.lanewise(VectorOperators.LSHL, 8)).sub(bias);
        IntVector low0Pairs = low0.reinterpretAsInts();
        IntVector.fromArray(WIDE, sums, at)
                .add(low0Pairs.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16))
                .intoArray(sums, at);
        IntVector.fromArray(WIDE, sums, at + HALF)
                .add(low0Pairs.lanewise(VectorOperators.ASHR, 16))
                .intoArray(sums, at + HALF);
        IntVector high0Pairs = high0.reinterpretAsInts();
        IntVector.fromArray(WIDE, sums, at + N)
                .add(high0Pairs.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16))
                .intoArray(sums, at + N);
        IntVector.fromArray(WIDE, sums, at + N + HALF)
                .add(high0Pairs.lanewise(VectorOperators.ASHR, 16))
                .intoArray(sums, at + N + HALF);
        IntVector low1Pairs = low1.reinterpretAsInts();
        IntVector.fromArray(WIDE, sums, at + 2 * N)
                .add(low1Pairs.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16))
                .intoArray(sums, at + 2 * N);
        IntVector.fromArray(WIDE, sums, at + 2 * N + HALF)
                .add(low1Pairs.lanewise(VectorOperators.ASHR, 16))
                .intoArray(sums, at + 2 * N + HALF);
        IntVector high1Pairs = high1.reinterpretAsInts();
        IntVector.fromArray(WIDE, sums, at + 3 * N)
                .add(high1Pairs.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16))
                .intoArray(sums, at + 3 * N);
        IntVector.fromArray(WIDE, sums, at + 3 * N + HALF)
                .add(high1Pairs.lanewise(VectorOperators.ASHR, 16))
                .intoArray(sums, at + 3 * N + HALF);
    }

    /** The same for 2N sums. */
    private static void addNarrow(short[] w, int base, int[] row, int from, int to, int[] sums, int at) {
        ShortVector all = ShortVector.zero(LANES);
        ShortVector high = all;
        for (int j = from; j < to; j++) {
            ShortVector pair = ShortVector.fromArray(LANES, w, base + row[j] * N);
            all = all.add(pair);
            high = high.add(pair.lanewise(VectorOperators.ASHR, 8));
        }
        ShortVector low = all.sub(high.lanewise(VectorOperators.LSHL, 8)).sub((short) (BIAS * (to - from)));
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

    @Override
    public long weightBytes() {
        return (long) lanes.length * Short.BYTES;
    }
}
