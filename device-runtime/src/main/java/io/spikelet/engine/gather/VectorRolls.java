package io.spikelet.engine.gather;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of a window of three columns that moves by one: an input is met once, when its column enters, and added to the
 * sums of the three outputs that see it. The sums that the next columns may still change stay in registers; those of
 * the output that the window leaves go to memory, 2N lanes for each column that entered.
 *
 * <p>With p columns of padding the output at x is complete when input column x + 2 − p has entered, so p empty columns
 * follow the last one, and the first 2 − p entries belong to no output. Each method holds one loop over vectors, which
 * never leave it: passed on to a method that is not inlined, a vector becomes an object.
 */
final class VectorRolls {
    static final int COLUMNS = 3;

    private static final VectorSpecies<Short> LANES = VectorTiles.LANES;
    private static final int N = LANES.length();
    private static final int HALF = N / 2;

    /** Outputs of a strip. */
    static final int WIDTH = 2 * N;

    private VectorRolls() {}

    /** Whether a window moves like this. */
    static boolean serve(Window window) {
        return window.kernelWidth() == COLUMNS
                && window.strideX() == 1
                && window.paddingX() < COLUMNS
                && window.dilationY() == 1;
    }

    /** Lanes of one line: those of every column that enters. */
    static int lineLanes(Window window) {
        return (window.from().width() + window.paddingX()) * WIDTH;
    }

    /**
     * The weights of strips of outputs, each row three times N pairs wide: what the input adds to the output that its
     * column enters last, to the one before and to the first.
     *
     * @param table how many rows stand for one input, of which row k holds k times its weights, or 1 for the weights
     * @param inOrder whether lanes are outputs in order, to compare, or evens before odds, to widen
     * @return (strips, inputs of a column, table, 3, 2N)
     */
    static short[] weights(WeightRows rows, int table, boolean inOrder) {
        int perColumn = rows.window().columnRows();
        int strips = (rows.outputs() + WIDTH - 1) / WIDTH;
        short[] lanes = new short[strips * perColumn * table * COLUMNS * WIDTH];
        for (int i = 0; i < lanes.length; i++) {
            int lane = i % N;
            int column = i / WIDTH % COLUMNS;
            int factor = i / (WIDTH * COLUMNS) % table;
            int input = i / (WIDTH * COLUMNS * table) % perColumn;
            int strip = i / (WIDTH * COLUMNS * table * perColumn);
            int output = strip * WIDTH + i / N % 2 * N + (inOrder ? lane : lane / 2 + lane % 2 * HALF);
            int weight = rows.weight(column * perColumn + input, output);
            lanes[i] = (short) (table == 1 ? weight : weight * factor);
        }
        return lanes;
    }

    /** Where the sums of the first output stand behind the entries of a line that belong to none, in lanes. */
    static int skippedLanes(Window window) {
        return (COLUMNS - 1 - window.paddingX()) * WIDTH;
    }

    /**
     * Adds up one line of outputs of a strip.
     *
     * @param w {@link #weights}
     * @param table how many rows stand for one input
     * @param row the entries of {@code lists}, or their second ones
     * @param into takes {@link #lineLanes} from {@code first} on
     */
    static void addLine(
            short[] w,
            int strip,
            int table,
            Window window,
            ColumnLists lists,
            int[] row,
            int y,
            short[] into,
            int first) {
        int perLine = window.from().channels() * table * COLUMNS * WIDTH;
        int base = (strip * window.kernelHeight() - window.firstLine(y)) * perLine;
        int columns = window.from().width() + window.paddingX();
        int perColumn = window.from().height() + 1;
        addLine(w, base, row, lists.start, lists.firstLine(y), lists.endLine(y), perColumn, columns, into, first);
    }

    /**
     * The same by numbers alone, so that the loop is a method of its own.
     *
     * @param base where the lanes of entry 0 would be, whose line may lie before the window
     * @param row the entries
     * @param start where the lines of each column begin
     * @param firstLine the first of a column that the windows see
     * @param endLine behind the last one
     * @param perColumn from a line of one column to the same of the next in {@code start}
     * @param columns how many enter
     * @param into takes 2N lanes for each from {@code first} on
     */
    private static void addLine(
            short[] w,
            int base,
            int[] row,
            int[] start,
            int firstLine,
            int endLine,
            int perColumn,
            int columns,
            short[] into,
            int first) {
        ShortVector leaving = ShortVector.zero(LANES);
        ShortVector leaving1 = leaving;
        ShortVector middle = leaving;
        ShortVector middle1 = leaving;
        int at = first;
        int begin = firstLine;
        int end = endLine;
        for (int x = 0; x < columns; x++) {
            ShortVector entering = ShortVector.zero(LANES);
            ShortVector entering1 = entering;
            int to = start[end];
            for (int j = start[begin]; j < to; j++) {
                int from = base + row[j] * (COLUMNS * 2 * N);
                entering = entering.add(ShortVector.fromArray(LANES, w, from));
                entering1 = entering1.add(ShortVector.fromArray(LANES, w, from + N));
                middle = middle.add(ShortVector.fromArray(LANES, w, from + 2 * N));
                middle1 = middle1.add(ShortVector.fromArray(LANES, w, from + 3 * N));
                leaving = leaving.add(ShortVector.fromArray(LANES, w, from + 4 * N));
                leaving1 = leaving1.add(ShortVector.fromArray(LANES, w, from + 5 * N));
            }
            leaving.intoArray(into, at);
            leaving1.intoArray(into, at + N);
            at += 2 * N;
            begin += perColumn;
            end += perColumn;
            leaving = middle;
            leaving1 = middle1;
            middle = entering;
            middle1 = entering1;
        }
    }

    /**
     * Compares the sums of one strip and line.
     *
     * @param sums from {@code first} on 2N for each output
     * @param lowest the lowest sums that fire, the strip's from {@code output} on
     * @param into the word of the first output position, the next one's {@code perPixel} further
     */
    static void fireLine(
            short[] sums, int first, int positions, short[] lowest, int output, long[] words, int into, int perPixel) {
        ShortVector lowest0 = ShortVector.fromArray(LANES, lowest, output);
        ShortVector lowest1 = ShortVector.fromArray(LANES, lowest, output + N);
        for (int x = 0; x < positions; x++) {
            int at = first + x * (2 * N);
            long low = ShortVector.fromArray(LANES, sums, at)
                    .compare(VectorOperators.GE, lowest0)
                    .toLong();
            long high = ShortVector.fromArray(LANES, sums, at + N)
                    .compare(VectorOperators.GE, lowest1)
                    .toLong();
            words[into + x * perPixel] |= (low | high << N) << output;
        }
    }

    /**
     * The same of sums {@code 16·high + low} ({@link Nibbles}).
     *
     * @param upper the lowest sums that fire, without their four lowest bits
     * @param rest those bits
     */
    static void fireNibbleLine(
            short[] highs,
            short[] lows,
            int first,
            int positions,
            short[] upper,
            short[] rest,
            int output,
            long[] words,
            int into,
            int perPixel) {
        for (int half = 0; half < 2; half++) {
            ShortVector upperHalf = ShortVector.fromArray(LANES, upper, output + half * N);
            ShortVector restHalf = ShortVector.fromArray(LANES, rest, output + half * N);
            for (int x = 0; x < positions; x++) {
                int at = first + x * (2 * N) + half * N;
                ShortVector low = ShortVector.fromArray(LANES, lows, at);
                // One less where the rest of the low sum is smaller than the threshold's: then the upper part must
                // exceed.
                ShortVector less = low.and((short) Nibbles.MASK).sub(restHalf).lanewise(VectorOperators.ASHR, 15);
                long bits = ShortVector.fromArray(LANES, highs, at)
                        .add(low.lanewise(VectorOperators.ASHR, Nibbles.BITS))
                        .add(less)
                        .compare(VectorOperators.GE, upperHalf)
                        .toLong();
                words[into + x * perPixel] |= bits << output + half * N;
            }
        }
    }

    /**
     * Widens the sums of one strip and line, whose lanes were laid for it.
     *
     * @param into where the first position's go, the next one's {@code stride} further
     */
    static void sumLine(short[] lows, int first, int positions, int[] sums, int into, int stride) {
        for (int x = 0; x < positions; x++) {
            int at = into + x * stride;
            for (int half = 0; half < 2 * N; half += N) {
                IntVector pairs = ShortVector.fromArray(LANES, lows, first + x * (2 * N) + half)
                        .reinterpretAsInts();
                pairs.lanewise(VectorOperators.LSHL, 16)
                        .lanewise(VectorOperators.ASHR, 16)
                        .intoArray(sums, at + half);
                pairs.lanewise(VectorOperators.ASHR, 16).intoArray(sums, at + half + HALF);
            }
        }
    }

    /** The same of sums {@code 16·high + low}. */
    static void sumNibbleLine(short[] highs, short[] lows, int first, int positions, int[] sums, int into, int stride) {
        for (int x = 0; x < positions; x++) {
            int at = into + x * stride;
            for (int half = 0; half < 2 * N; half += N) {
                int from = first + x * (2 * N) + half;
                IntVector high = ShortVector.fromArray(LANES, highs, from).reinterpretAsInts();
                IntVector low = ShortVector.fromArray(LANES, lows, from).reinterpretAsInts();
                high.lanewise(VectorOperators.LSHL, 16)
                        .lanewise(VectorOperators.ASHR, 16 - Nibbles.BITS)
                        .add(low.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16))
                        .intoArray(sums, at + half);
                high.lanewise(VectorOperators.ASHR, 16)
                        .lanewise(VectorOperators.LSHL, Nibbles.BITS)
                        .add(low.lanewise(VectorOperators.ASHR, 16))
                        .intoArray(sums, at + half + HALF);
            }
        }
    }
}
