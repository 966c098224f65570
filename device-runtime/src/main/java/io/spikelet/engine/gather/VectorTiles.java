package io.spikelet.engine.gather;

import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector twin: two int8 weights share a 16-bit lane as {@code high · 2^8 + (low + 128)}. One accumulator sums the
 * lanes as they are, modulo 2^16, another their upper halves; with n rows {@code low = lanes − high · 2^8 − 128·n},
 * exact because both sums are proved to fit 16 bits. Three vector operations add a row for twice as many outputs as
 * there are lanes.
 *
 * <p>A tile that compares is six lanes' worth wide, one that gives sums four, and the last one narrower where no more
 * outputs are left. The loops are flat and counted, and hold at most six accumulators: what the JIT compiler keeps in
 * registers. A layer of one position has all outputs of an input side by side: it meets a row once, so what matters is
 * that few lines of the cache hold it. A convolution meets its rows again and again, and has those of a tile side by side.
 */
final class VectorTiles extends Tiles {
    /** 128 or 256 bits; wider ones do not fit the 64 bits that a tile fires. */
    static final VectorSpecies<Short> LANES =
            ShortVector.SPECIES_PREFERRED.length() >= 16 ? ShortVector.SPECIES_256 : ShortVector.SPECIES_128;

    private static final int N = LANES.length();
    private static final int HALF = N / 2;

    /** Outputs of a narrow, a wide and the widest tile. */
    private static final int NARROW = 2 * N;

    private static final int WIDE = 4 * N;
    private static final int WIDEST = 6 * N;

    static final int BIAS = 128;

    private final short[] lanes;

    /** (tiles) where a tile's rows begin, in lanes. */
    private final int[] tileStart;

    /** (tiles) from one row of a tile to the next, in lanes. */
    private final int[] rowLanes;

    /** (padded outputs) in the order of the accumulators. */
    private final short[] lowestFiring;

    private final int chunk;

    VectorTiles(WeightRows rows, int[] threshold) {
        super(
                rows,
                tiling(rows.outputs(), threshold != null && rows.fitsShort() ? WIDEST : WIDE),
                rows.fitsShort() ? threshold : null);
        int tiles = firstOutput.length - 1;
        chunk = rows.fitsShort() ? Integer.MAX_VALUE : ROWS_BEFORE_WIDENING;
        tileStart = new int[tiles];
        rowLanes = new int[tiles];
        lanes = new short[stride() / 2 * rows.window().rows()];
        lowestFiring = lowestShorts();
        boolean byInput = rows.window().positions() == 1;
        for (int tile = 0; tile < tiles; tile++) {
            int first = firstOutput[tile] / 2;
            tileStart[tile] = byInput ? first : first * rows.window().rows();
            rowLanes[tile] = (byInput ? stride() : width(tile)) / 2;
            lay(tile);
        }
    }

    private void lay(int tile) {
        int perTileRow = width(tile) / 2;
        for (int row = 0; row < rows.window().rows(); row++) {
            int at = tileStart[tile] + row * rowLanes[tile];
            for (int i = 0; i < perTileRow; i++) {
                lanes[at + i] = lane(rows, row, firstOutput[tile] + i / N * NARROW + output(i % N, fires()));
            }
        }
    }

    /** Two weights of a row as a lane: that of output {@code low}, and that of the one N further. */
    static short lane(WeightRows rows, int row, int low) {
        return (short) ((rows.weight(row, low + N) << Byte.SIZE) + rows.weight(row, low) + BIAS);
    }

    /** Which of N outputs a 16-bit lane serves: in order to compare, evens before odds to widen. */
    static int output(int lane, boolean compares) {
        return compares ? lane : lane / 2 + lane % 2 * HALF;
    }

    private static int[] tiling(int outputs, int widest) {
        int padded = (outputs + NARROW - 1) / NARROW * NARROW;
        int[] first = new int[(padded + widest - 1) / widest + 1];
        for (int k = 0; k < first.length; k++) {
            first[k] = Math.min(k * widest, padded);
        }
        return first;
    }

    private int width(int tile) {
        return firstOutput[tile + 1] - firstOutput[tile];
    }

    /** One method for each kind of tile, so that each holds one vector loop. */
    @Override
    void fire(RowLists lists, SpikeMap out, int firstLine, int endLine) {
        for (int tile = 0; tile < firstOutput.length - 1; tile++) {
            int first = firstOutput[tile];
            int start = tileStart[tile];
            int perRow = rowLanes[tile];
            if (width(tile) == WIDEST) {
                VectorFires.widestLines(lanes, start, perRow, lists, firstLine, endLine, lowestFiring, first, out);
            } else if (width(tile) == WIDE) {
                VectorFires.wideLines(lanes, start, perRow, lists, firstLine, endLine, lowestFiring, first, out);
            } else {
                VectorFires.narrowLines(lanes, start, perRow, lists, firstLine, endLine, lowestFiring, first, out);
            }
        }
    }

    @Override
    void sum(RowLists lists, int[] sums, int firstLine, int endLine) {
        Window window = rows.window();
        for (int tile = 0; tile < firstOutput.length - 1; tile++) {
            int at = firstOutput[tile] + firstLine * window.outWidth() * stride();
            if (chunk != Integer.MAX_VALUE) {
                sumByChunks(tile, lists, sums, firstLine, endLine, at);
            } else if (width(tile) == WIDE) {
                VectorSums.wideLines(
                        lanes, tileStart[tile], rowLanes[tile], lists, firstLine, endLine, sums, at, stride());
            } else {
                VectorSums.narrowLines(
                        lanes, tileStart[tile], rowLanes[tile], lists, firstLine, endLine, sums, at, stride());
            }
        }
    }

    private void sumByChunks(int tile, RowLists lists, int[] sums, int firstLine, int endLine, int into) {
        Window window = rows.window();
        int width = width(tile);
        int at = into;
        for (int y = firstLine; y < endLine; y++) {
            for (int x = 0; x < window.outWidth(); x++) {
                int rowBase = -window.firstColumn(x) * window.columnRows();
                java.util.Arrays.fill(sums, at, at + width, 0);
                int to = lists.to(y, x);
                for (int j = lists.from(y, x); j < to; j += Math.min(chunk, to - j)) {
                    int end = j + Math.min(chunk, to - j);
                    for (int half = 0; half < width; half += NARROW) {
                        int first = tileStart[tile] + half / 2;
                        VectorSums.add(lanes, first, rowLanes[tile], rowBase, lists.row, j, end, sums, at + half);
                    }
                }
                at += stride();
            }
        }
    }

    @Override
    public long weightBytes() {
        return (long) lanes.length * Short.BYTES;
    }
}
