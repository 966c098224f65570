package io.spikelet.engine.gather;

/**
 * The vector twin of {@link NibbleSwarTiles} under a window of three columns that moves by one ({@link VectorRolls}): the
 * high nibbles of a line are added up, then the low ones.
 */
final class RollingNibbleTiles extends Tiles {
    private static final int WIDTH = VectorRolls.WIDTH;

    /** (strips, inputs of a column, 16 nibbles, 3, 2N). */
    private final short[] table;

    /** (padded outputs) the thresholds as {@code 16·upper + rest}. */
    private final short[] upper;

    private final short[] rest;

    private final ColumnLists columns;

    /** (lines, columns, 2N) of which whoever computes a stretch of lines uses the first. */
    private final short[] highs;

    private final short[] lows;

    RollingNibbleTiles(WeightRows rows, int[] threshold) {
        super(rows, evenTiles(rows.outputs(), WIDTH), threshold);
        columns = new ColumnLists(rows.window(), 1, true);
        table = VectorRolls.weights(rows, Nibbles.COUNT, threshold != null);
        highs = new short[rows.window().outHeight() * VectorRolls.lineLanes(rows.window())];
        lows = new short[highs.length];
        upper = new short[stride()];
        rest = new short[stride()];
        for (int o = 0; o < stride(); o++) {
            upper[o] = (short) Math.floorDiv(lowest(o), Nibbles.COUNT);
            rest[o] = (short) Math.floorMod(lowest(o), Nibbles.COUNT);
        }
    }

    /** Whether the window rolls and its bytes may be taken apart. */
    static boolean serve(WeightRows rows, Source source) {
        return VectorRolls.serve(rows.window()) && Nibbles.serve(rows, source);
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
                VectorRolls.addLine(table, tile, Nibbles.COUNT, window, columns, columns.row, y, highs, first);
                VectorRolls.addLine(table, tile, Nibbles.COUNT, window, columns, columns.low, y, lows, first);
                VectorRolls.fireNibbleLine(
                        highs,
                        lows,
                        first + VectorRolls.skippedLanes(window),
                        window.outWidth(),
                        upper,
                        rest,
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
                VectorRolls.addLine(table, tile, Nibbles.COUNT, window, columns, columns.row, y, highs, first);
                VectorRolls.addLine(table, tile, Nibbles.COUNT, window, columns, columns.low, y, lows, first);
                VectorRolls.sumNibbleLine(
                        highs,
                        lows,
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
        return (long) table.length * Short.BYTES;
    }
}
