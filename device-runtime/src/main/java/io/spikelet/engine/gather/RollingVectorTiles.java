package io.spikelet.engine.gather;

/**
 * The vector twin for spikes under a small window of three columns that moves by one ({@link VectorRolls}): 16-bit
 * lanes, 2N outputs and three positions at a time. Twice the bytes of {@link VectorTiles}, and half of the instructions:
 * it pays while the rows of a strip stay in the first cache.
 */
final class RollingVectorTiles extends Tiles {
    /** Inputs of a column: beyond, a strip has more than 24 KiB. */
    private static final int MOST_ROWS = 128;

    private static final int WIDTH = VectorRolls.WIDTH;

    /** (strips, inputs of a column, 3, 2N). */
    private final short[] lanes;

    /** (padded outputs) the lowest sums that fire. */
    private final short[] lowestFiring;

    private final ColumnLists columns;

    /** (lines, columns, 2N) of which whoever computes a stretch of lines uses the first. */
    private final short[] sums;

    RollingVectorTiles(WeightRows rows, int[] threshold, Source source) {
        super(rows, evenTiles(rows.outputs(), WIDTH), threshold);
        columns = new ColumnLists(rows.window(), source.maps().length, false);
        lanes = VectorRolls.weights(rows, 1, threshold != null);
        sums = new short[rows.window().outHeight() * VectorRolls.lineLanes(rows.window())];
        lowestFiring = lowestShorts();
    }

    /** Whether the window rolls and is small, and every sum fits 16 bits. */
    static boolean serve(WeightRows rows) {
        return VectorRolls.serve(rows.window()) && rows.window().columnRows() <= MOST_ROWS && rows.fitsShort();
    }

    @Override
    void list(Source source, RowLists lists, Lister lister) {
        columns.list(source, lister);
    }

    @Override
    long visits(RowLists lists) {
        return columns.visits();
    }

    @Override
    void fire(RowLists lists, SpikeMap out, int firstLine, int endLine) {
        Window window = rows.window();
        int first = firstLine * VectorRolls.lineLanes(window);
        for (int tile = 0; tile < firstOutput.length - 1; tile++) {
            int output = firstOutput[tile];
            for (int y = firstLine; y < endLine; y++) {
                VectorRolls.addLine(lanes, tile, 1, window, columns, columns.row, y, sums, first);
                VectorRolls.fireLine(
                        sums,
                        first + VectorRolls.skippedLanes(window),
                        window.outWidth(),
                        lowestFiring,
                        output,
                        out.words,
                        y * window.outWidth() * out.wordsPerPixel + (output >> 6),
                        out.wordsPerPixel);
            }
        }
    }

    @Override
    void sum(RowLists lists, int[] into, int firstLine, int endLine) {
        Window window = rows.window();
        int first = firstLine * VectorRolls.lineLanes(window);
        for (int tile = 0; tile < firstOutput.length - 1; tile++) {
            for (int y = firstLine; y < endLine; y++) {
                VectorRolls.addLine(lanes, tile, 1, window, columns, columns.row, y, sums, first);
                VectorRolls.sumLine(
                        sums,
                        first + VectorRolls.skippedLanes(window),
                        window.outWidth(),
                        into,
                        y * window.outWidth() * stride() + firstOutput[tile],
                        stride());
            }
        }
    }

    @Override
    public long weightBytes() {
        return (long) lanes.length * Short.BYTES;
    }
}
