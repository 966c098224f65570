package io.spikelet.engine.gather;

import java.util.Arrays;

/**
 * The active inputs of every line of outputs: for output line y, {@code start[y·(width + 1) + x]} is where the entries
 * of input column x begin, and an entry is {@code (x·kernelHeight + ky)·channels + c}. An output's window is the stretch
 * from its first to behind its last column, and its weight rows are the entries less
 * {@code firstColumn·kernelHeight·channels}.
 */
final class RowLists {
    final Window window;

    /** Entries. */
    final int[] row;

    /** What each entry weighs; its low nibble's entry where bytes are taken apart; null where all are spikes. */
    final int[] value;

    /** Whether a byte is taken apart: its entries are {@code 16·entry + nibble}, the high one's in {@link #row}. */
    private final boolean nibbles;

    /** (outHeight, width + 1). */
    final int[] start;

    /** The spikes of each input line, where lines are read by several output lines; null where they are not. */
    private final int[] lineRow;

    /** (height, width + 1) where a line's columns begin. */
    private final int[] lineStart;

    /** (kernelHeight) of the lines that one output line merges: where their columns are, and what their entries gain. */
    private final int[] mergedStart;

    private final int[] mergedOffset;

    /** (kernelHeight · channels) the values of one column that an output line sees: where in a line, and their entries. */
    private final int[] tapValue;

    private final int[] tapEntry;

    /** (outWidth) the first input column that is there, and behind the last one. */
    private final int[] firstColumn;

    private final int[] endColumn;

    /** @param perInput the most entries of one input value: 1, or the number of maps that are added */
    RowLists(Window window, int perInput, boolean valued, boolean nibbles) {
        this.window = window;
        this.nibbles = nibbles;
        int lineEntries =
                window.kernelHeight() * window.from().width() * window.from().channels();
        row = new int[window.outHeight() * lineEntries * perInput + Lister.SLACK];
        value = valued ? new int[row.length] : null;
        int width = window.from().width();
        start = new int[window.outHeight() * (width + 1)];
        boolean overlap = !valued
                && window.outHeight() * window.kernelHeight() > window.from().height();
        lineRow = overlap ? new int[window.from().size() * perInput + Lister.SLACK] : null;
        lineStart = overlap ? new int[window.from().height() * (width + 1)] : null;
        tapValue = new int[window.columnRows()];
        tapEntry = new int[window.columnRows()];
        mergedStart = new int[window.kernelHeight()];
        mergedOffset = new int[window.kernelHeight()];
        firstColumn = new int[window.outWidth()];
        endColumn = new int[window.outWidth()];
        for (int x = 0; x < window.outWidth(); x++) {
            firstColumn[x] = Math.clamp(window.firstColumn(x), 0, width);
            endColumn[x] = Math.clamp(window.firstColumn(x) + window.kernelWidth(), 0, width);
        }
    }

    /** Lists the spikes of maps whose sum is what the layer reads; a neuron that fires in two of them is listed twice. */
    void list(SpikeMap[] maps, Lister lister) {
        if (lineRow == null) {
            listDirectly(maps, lister);
        } else {
            listLines(maps, lister);
            mergeLines(lister);
        }
    }

    private void listDirectly(SpikeMap[] maps, Lister lister) {
        int width = window.from().width();
        int channels = window.from().channels();
        int n = 0;
        for (int y = 0; y < window.outHeight(); y++) {
            int at = y * (width + 1);
            int first = window.firstLine(y);
            int base = 0;
            for (int x = 0; x < width; x++) {
                start[at + x] = n;
                for (int line = first; line <= first + window.lineSpan(); line += window.dilationY()) {
                    if (line >= 0 && line < window.from().height()) {
                        n = append(maps, lister, line * width + x, base, row, n);
                    }
                    base += channels;
                }
            }
            start[at + width] = n;
        }
    }

    private int append(SpikeMap[] maps, Lister lister, int pixel, int base, int[] into, int from) {
        int n = from;
        for (SpikeMap map : maps) {
            n = lister.append(
                    map.words, pixel * map.wordsPerPixel, window.from().channels(), base, into, n);
        }
        return n;
    }

    /** Each input line once, as if it were the first line of every window. */
    private void listLines(SpikeMap[] maps, Lister lister) {
        int width = window.from().width();
        int n = 0;
        for (int line = 0; line < window.from().height(); line++) {
            int at = line * (width + 1);
            if (maps.length == 1) {
                SpikeMap map = maps[0];
                n = lister.appendPixels(
                        map.words,
                        line * width * map.wordsPerPixel,
                        map.wordsPerPixel,
                        map.channels,
                        width,
                        window.columnRows(),
                        lineRow,
                        n,
                        lineStart,
                        at);
            } else {
                for (int x = 0; x < width; x++) {
                    lineStart[at + x] = n;
                    n = append(maps, lister, line * width + x, x * window.columnRows(), lineRow, n);
                }
            }
            lineStart[at + width] = n;
        }
    }

    /** Every output line's list, column by column, from the lines that its windows hold. */
    private void mergeLines(Lister lister) {
        int width = window.from().width();
        int n = 0;
        for (int y = 0; y < window.outHeight(); y++) {
            int lines = 0;
            for (int ky = 0; ky < window.kernelHeight(); ky++) {
                int line = window.line(y, ky);
                if (line >= 0 && line < window.from().height()) {
                    mergedStart[lines] = line * (width + 1);
                    mergedOffset[lines++] = ky * window.from().channels();
                }
            }
            int at = y * (width + 1);
            n = lister.merge(lineRow, lineStart, mergedStart, mergedOffset, lines, width, row, n, start, at);
            start[at + width] = n;
        }
    }

    /**
     * Lists values that are not 0.
     *
     * @param values (channels, height, width) dense, channels first
     */
    void list(int[] values) {
        int width = window.from().width();
        int n = 0;
        for (int y = 0; y < window.outHeight(); y++) {
            int taps = findTaps(y);
            int at = y * (width + 1);
            for (int x = 0; x < width; x++) {
                start[at + x] = n;
                n = nibbles ? appendNibbles(values, x, taps, n) : append(values, x, taps, n);
            }
            start[at + width] = n;
        }
    }

    /** Finds what an output line sees of an input column, and tells how many values that are. */
    private int findTaps(int y) {
        int channels = window.from().channels();
        int area = window.from().area();
        int taps = 0;
        for (int ky = 0; ky < window.kernelHeight(); ky++) {
            int line = window.line(y, ky);
            if (line >= 0 && line < window.from().height()) {
                for (int c = 0; c < channels; c++) {
                    tapValue[taps] = c * area + line * window.from().width();
                    tapEntry[taps++] = ky * channels + c;
                }
            }
        }
        return taps;
    }

    // A value is written always and counted when it is not 0: a branch here is a coin toss.

    private int append(int[] values, int x, int taps, int from) {
        int n = from;
        int base = x * window.columnRows();
        for (int k = 0; k < taps; k++) {
            int v = values[tapValue[k] + x];
            row[n] = base + tapEntry[k];
            value[n] = v;
            n += (v | -v) >>> 31;
        }
        return n;
    }

    private int appendNibbles(int[] values, int x, int taps, int from) {
        int n = from;
        int base = x * window.columnRows();
        for (int k = 0; k < taps; k++) {
            int v = values[tapValue[k] + x];
            int entry = (base + tapEntry[k]) * Nibbles.COUNT;
            row[n] = entry + (v >> Nibbles.BITS);
            value[n] = entry + (v & Nibbles.MASK);
            n += (v | -v) >>> 31;
        }
        return n;
    }

    /** In a window of one position: entries of columns before the first one that is there. */
    int rowsBefore() {
        return window.firstColumn(0) * window.columnRows();
    }

    /**
     * In a window of one position: writes the entry behind all others' after the list, so that a kernel that keeps an
     * empty row there may take entries in groups.
     */
    void fillGroup(int size) {
        int to = to(0, 0);
        Arrays.fill(row, to, to + size - 1, rowsBefore() + window.rows());
    }

    /** How many (input, output position) pairs the lists hold. */
    long visits() {
        long visits = 0;
        for (int y = 0; y < window.outHeight(); y++) {
            for (int x = 0; x < firstColumn.length; x++) {
                visits += to(y, x) - from(y, x);
            }
        }
        return visits;
    }

    /** The same when a neuron that fires in several maps is one input. */
    long visits(SpikeMap[] maps) {
        long visits = 0;
        int width = window.from().width();
        int height = window.from().height();
        int words = maps[0].wordsPerPixel;
        for (int y = 0; y < window.outHeight(); y++) {
            for (int ky = 0; ky < window.kernelHeight(); ky++) {
                int line = window.line(y, ky);
                if (line < 0 || line >= height) {
                    continue;
                }
                for (int x = 0; x < width; x++) {
                    int pixel = (line * width + x) * words;
                    int active = 0;
                    for (int k = pixel; k < pixel + words; k++) {
                        long any = 0;
                        for (SpikeMap map : maps) {
                            any |= map.words[k];
                        }
                        active += Long.bitCount(any);
                    }
                    visits += (long) active * window.outputsOver(x);
                }
            }
        }
        return visits;
    }

    /** Where the window of output column x of line y begins. */
    int from(int y, int x) {
        return start[y * (window.from().width() + 1) + firstColumn[x]];
    }

    /** Where it ends. */
    int to(int y, int x) {
        return start[y * (window.from().width() + 1) + endColumn[x]];
    }
}
