package io.spikelet.engine.gather;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The vector twin of {@link NibbleSwarTiles}: 16-bit lanes, two vectors for high and two for low nibbles. */
final class NibbleVectorTiles extends Tiles {
    private static final VectorSpecies<Short> LANES = VectorTiles.LANES;
    private static final int N = LANES.length();
    private static final int HALF = N / 2;
    private static final int WIDTH = 2 * N;

    /** (tiles, rows, 16 nibbles, 2N). */
    private final short[] table;

    /** (padded outputs) the thresholds as {@code 16·upper + rest}. */
    private final short[] upper;

    private final short[] rest;

    private final int tileRows;

    NibbleVectorTiles(WeightRows rows, int[] threshold) {
        super(rows, evenTiles(rows.outputs(), WIDTH), threshold);
        tileRows = rows.window().rows();
        table = new short[stride() * tileRows * Nibbles.COUNT];
        for (int i = 0; i < table.length; i++) {
            int lane = i % WIDTH;
            int nibble = i / WIDTH % Nibbles.COUNT;
            int row = i / (WIDTH * Nibbles.COUNT) % tileRows;
            int output = firstOutput[i / (WIDTH * Nibbles.COUNT * tileRows)] + lane / N * N + output(lane % N);
            table[i] = (short) (rows.weight(row, output) * nibble);
        }
        upper = new short[stride()];
        rest = new short[stride()];
        for (int o = 0; o < stride(); o++) {
            upper[o] = (short) Math.floorDiv(lowest(o), Nibbles.COUNT);
            rest[o] = (short) Math.floorMod(lowest(o), Nibbles.COUNT);
        }
    }

    /** Which of N outputs a lane serves: in order to compare, evens before odds to widen. */
    private int output(int lane) {
        return threshold != null ? lane : lane / 2 + lane % 2 * HALF;
    }

    @Override
    void fire(RowLists lists, SpikeMap out, int firstLine, int endLine) {
        for (int tile = 0; tile < firstOutput.length - 1; tile++) {
            fireLines(table, tile, lists, out, firstLine, endLine);
        }
    }

    private void fireLines(short[] w, int tile, RowLists lists, SpikeMap out, int firstLine, int endLine) {
        Window window = rows.window();
        int[] highs = lists.row;
        int[] lows = lists.value;
        int first = firstOutput[tile];
        ShortVector upper0 = ShortVector.fromArray(LANES, upper, first);
        ShortVector upper1 = ShortVector.fromArray(LANES, upper, first + N);
        ShortVector rest0 = ShortVector.fromArray(LANES, rest, first);
        ShortVector rest1 = ShortVector.fromArray(LANES, rest, first + N);
        for (int position = firstLine * window.outWidth(); position < endLine * window.outWidth(); position++) {
            int y = position / window.outWidth();
            int x = position - y * window.outWidth();
            int base = (tile * tileRows - window.firstColumn(x) * window.columnRows()) * Nibbles.COUNT;
            int to = lists.to(y, x);
            ShortVector high0 = ShortVector.zero(LANES);
            ShortVector high1 = high0;
            ShortVector low0 = high0;
            ShortVector low1 = high0;
            for (int j = lists.from(y, x); j < to; j++) {
                int high = (base + highs[j]) * WIDTH;
                int low = (base + lows[j]) * WIDTH;
                high0 = high0.add(ShortVector.fromArray(LANES, w, high));
                high1 = high1.add(ShortVector.fromArray(LANES, w, high + N));
                low0 = low0.add(ShortVector.fromArray(LANES, w, low));
                low1 = low1.add(ShortVector.fromArray(LANES, w, low + N));
            }
            // One less where the rest of the low sum is smaller than the threshold's: then the upper part must exceed.
            ShortVector short0 = low0.and((short) Nibbles.MASK).sub(rest0).lanewise(VectorOperators.ASHR, 15);
            ShortVector short1 = low1.and((short) Nibbles.MASK).sub(rest1).lanewise(VectorOperators.ASHR, 15);
            long bits = high0.add(low0.lanewise(VectorOperators.ASHR, Nibbles.BITS))
                            .add(short0)
                            .compare(VectorOperators.GE, upper0)
                            .toLong()
                    | high1.add(low1.lanewise(VectorOperators.ASHR, Nibbles.BITS))
                                    .add(short1)
                                    .compare(VectorOperators.GE, upper1)
                                    .toLong()
                            << N;
            out.words[position * out.wordsPerPixel + (first >> 6)] |= bits << first;
        }
    }

    @Override
    void sum(RowLists lists, int[] sums, int firstLine, int endLine) {
        for (int half = 0; half < stride() / N; half++) {
            sumLines(table, half, lists, sums, firstLine, endLine);
        }
    }

    /** N outputs at every position of some lines. */
    private void sumLines(short[] w, int half, RowLists lists, int[] sums, int firstLine, int endLine) {
        Window window = rows.window();
        int[] highs = lists.row;
        int[] lows = lists.value;
        int at = firstLine * window.outWidth() * stride() + half * N;
        for (int position = firstLine * window.outWidth(); position < endLine * window.outWidth(); position++) {
            int y = position / window.outWidth();
            int x = position - y * window.outWidth();
            int base = (half / 2 * tileRows - window.firstColumn(x) * window.columnRows()) * Nibbles.COUNT;
            int to = lists.to(y, x);
            ShortVector high = ShortVector.zero(LANES);
            ShortVector low = high;
            for (int j = lists.from(y, x); j < to; j++) {
                high = high.add(ShortVector.fromArray(LANES, w, (base + highs[j]) * WIDTH + half % 2 * N));
                low = low.add(ShortVector.fromArray(LANES, w, (base + lows[j]) * WIDTH + half % 2 * N));
            }
            IntVector highPairs = high.reinterpretAsInts();
            IntVector lowPairs = low.reinterpretAsInts();
            highPairs
                    .lanewise(VectorOperators.LSHL, 16)
                    .lanewise(VectorOperators.ASHR, 16 - Nibbles.BITS)
                    .add(lowPairs.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16))
                    .intoArray(sums, at);
            highPairs
                    .lanewise(VectorOperators.ASHR, 16)
                    .lanewise(VectorOperators.LSHL, Nibbles.BITS)
                    .add(lowPairs.lanewise(VectorOperators.ASHR, 16))
                    .intoArray(sums, at + HALF);
            at += stride();
        }
    }

    @Override
    public long weightBytes() {
        return (long) table.length * Short.BYTES;
    }
}
