package io.spikelet.engine.gather;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The vector twin for inputs that carry values: 32-bit lanes, four accumulators. */
final class ValueVectorTiles extends Tiles {
    private static final VectorSpecies<Integer> LANES =
            IntVector.SPECIES_PREFERRED.length() >= 8 ? IntVector.SPECIES_256 : IntVector.SPECIES_128;

    private static final int N = LANES.length();
    private static final int WIDTH = 4 * N;

    /** (tiles, rows, 4N). */
    private final int[] lanes;

    /** (padded outputs). */
    private final int[] lowestFiring;

    private final int tileRows;

    ValueVectorTiles(WeightRows rows, int[] threshold) {
        super(rows, evenTiles(rows.outputs(), WIDTH), threshold);
        tileRows = rows.window().rows();
        lanes = new int[stride() * tileRows];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = rows.weight(i / WIDTH % tileRows, firstOutput[i / (WIDTH * tileRows)] + i % WIDTH);
        }
        lowestFiring = new int[stride()];
        for (int o = 0; o < lowestFiring.length; o++) {
            lowestFiring[o] = lowest(o);
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
        int first = firstOutput[tile];
        int word = firstLine * window.outWidth() * out.wordsPerPixel + (first >> 6);
        for (int y = firstLine; y < endLine; y++) {
            for (int x = 0; x < window.outWidth(); x++) {
                int base = (tile * tileRows - window.firstColumn(x) * window.columnRows()) * WIDTH;
                int from = lists.from(y, x);
                long bits = fire(lanes, base, lists.row, lists.value, from, lists.to(y, x), lowestFiring, first);
                out.words[word] |= bits << first;
                word += out.wordsPerPixel;
            }
        }
    }

    private static long fire(int[] w, int base, int[] row, int[] value, int from, int to, int[] lowest, int first) {
        IntVector a = IntVector.zero(LANES);
        IntVector b = a;
        IntVector c = a;
        IntVector d = a;
        for (int j = from; j < to; j++) {
            int at = base + row[j] * WIDTH;
            int v = value[j];
            a = a.add(IntVector.fromArray(LANES, w, at).mul(v));
            b = b.add(IntVector.fromArray(LANES, w, at + N).mul(v));
            c = c.add(IntVector.fromArray(LANES, w, at + 2 * N).mul(v));
            d = d.add(IntVector.fromArray(LANES, w, at + 3 * N).mul(v));
        }
        return reached(a, lowest, first)
                | reached(b, lowest, first + N) << N
                | reached(c, lowest, first + 2 * N) << 2 * N
                | reached(d, lowest, first + 3 * N) << 3 * N;
    }

    private static long reached(IntVector sums, int[] lowest, int first) {
        return sums.compare(VectorOperators.GE, IntVector.fromArray(LANES, lowest, first))
                .toLong();
    }

    @Override
    void sum(RowLists lists, int[] sums, int firstLine, int endLine) {
        for (int tile = 0; tile < firstOutput.length - 1; tile++) {
            sumLines(tile, lists, sums, firstLine, endLine);
        }
    }

    private void sumLines(int tile, RowLists lists, int[] sums, int firstLine, int endLine) {
        Window window = rows.window();
        int at = firstOutput[tile] + firstLine * window.outWidth() * stride();
        for (int y = firstLine; y < endLine; y++) {
            for (int x = 0; x < window.outWidth(); x++) {
                int base = (tile * tileRows - window.firstColumn(x) * window.columnRows()) * WIDTH;
                sum(lanes, base, lists.row, lists.value, lists.from(y, x), lists.to(y, x), sums, at);
                at += stride();
            }
        }
    }

    private static void sum(int[] w, int base, int[] row, int[] value, int from, int to, int[] sums, int into) {
        IntVector a = IntVector.zero(LANES);
        IntVector b = a;
        IntVector c = a;
        IntVector d = a;
        for (int j = from; j < to; j++) {
            int at = base + row[j] * WIDTH;
            int v = value[j];
            a = a.add(IntVector.fromArray(LANES, w, at).mul(v));
            b = b.add(IntVector.fromArray(LANES, w, at + N).mul(v));
            c = c.add(IntVector.fromArray(LANES, w, at + 2 * N).mul(v));
            d = d.add(IntVector.fromArray(LANES, w, at + 3 * N).mul(v));
        }
        a.intoArray(sums, into);
        b.intoArray(sums, into + N);
        c.intoArray(sums, into + 2 * N);
        d.intoArray(sums, into + 3 * N);
    }

    @Override
    public long weightBytes() {
        return (long) lanes.length * Integer.BYTES;
    }
}
