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

    /** (lines, columns, 2N) of which whoever computes a stretch of lines uses the first. */
    private final short[] highs;

    private final short[] lows;

    RollingNibbleTiles(WeightRows rows, int[] threshold) {
        super(rows, evenTiles(rows.outputs(), WIDTH), threshold);
        table = VectorRolls.weights(rows, Nibbles.COUNT, threshold != null);
        highs = new short[rows.window().outHeight() * VectorRolls.lineLanes(rows.window())];
        lows = new short[highs.length];
        upper = new short[stride()];
        rest = new short[stride()];
        for (int o = 0; o < stride(); o++) {
            int lowest = threshold == null || o >= threshold.length ? 1 : threshold[o];
            upper[o] = (short) Math.floorDiv(lowest, Nibbles.COUNT);
            rest[o] = (short) Math.floorMod(lowest, Nibbles.COUNT);
        }
    }

    /** Whether the window rolls and its bytes may be taken apart. */
    static boolean serve(WeightRows rows, Source source) {
        return VectorRolls.serve(rows.window()) && Nibbles.serve(rows, source);
    }

    @Override
    void fire(RowLists lists, SpikeMap out, int firstLine, int endLine) {
        Window window = rows.window();
        int first = firstLine * VectorRolls.lineLanes(window);
        for (int tile = 0; tile < firstOutput.length - 1; tile++) {
            int output = firstOutput[tile];
            for (int y = firstLine; y < endLine; y++) {
                addLine(tile, lists.row, lists, y, highs, first);
                addLine(tile, lists.value, lists, y, lows, first);
                VectorRolls.fireNibbleLine(
                        highs,
                        lows,
                        first + (VectorRolls.COLUMNS - 1 - window.paddingX()) * WIDTH,
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
                addLine(tile, lists.row, lists, y, highs, first);
                addLine(tile, lists.value, lists, y, lows, first);
                VectorRolls.sumNibbleLine(
                        highs,
                        lows,
                        first + (VectorRolls.COLUMNS - 1 - window.paddingX()) * WIDTH,
                        window.outWidth(),
                        into,
                        y * window.outWidth() * stride() + firstOutput[tile],
                        stride());
            }
        }
    }

    private void addLine(int tile, int[] entries, RowLists lists, int y, short[] into, int first) {
        Window window = rows.window();
        int perColumn = window.columnRows() * Nibbles.COUNT * VectorRolls.COLUMNS * WIDTH;
        int width = window.from().width();
        VectorRolls.addLine(
                table,
                tile * perColumn,
                perColumn,
                entries,
                lists.start,
                y * (width + 1),
                width,
                width + window.paddingX(),
                into,
                first);
    }

    @Override
    public long weightBytes() {
        return (long) table.length * Short.BYTES;
    }
}
