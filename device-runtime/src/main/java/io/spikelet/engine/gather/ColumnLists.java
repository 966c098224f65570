package io.spikelet.engine.gather;

import java.util.Arrays;

/**
 * The active inputs of a layer column after column, each once, for windows that take a column at a time ({@link
 * VectorRolls}). An entry of column x is {@code line·channels + c}. Since a column's lines follow one another, what the
 * windows of output line y see of it is one stretch, and its weight rows are the entries less {@code firstLine·channels}:
 * no output line needs a list of its own.
 */
final class ColumnLists {
    /** Entries; where bytes are taken apart, {@code 16·entry + nibble} of the high one. */
    final int[] row;

    /** The same of the low nibbles; null where all are spikes. */
    final int[] low;

    /** (width + paddingX, height + 1) where each line of a column begins; the columns of padding are empty. */
    final int[] start;

    private final Window window;
    private final int width;
    private final int height;
    private final int channels;

    /** (height) output lines that see an input line. */
    private final int[] linesOver;

    /** (width) output columns that see an input column. */
    private final int[] outputsOver;

    /** @param perInput the most entries of one input value: 1, or the number of maps that are added */
    ColumnLists(Window window, int perInput, boolean nibbles) {
        this.window = window;
        width = window.from().width();
        height = window.from().height();
        channels = window.from().channels();
        row = new int[window.from().size() * perInput + Lister.SLACK];
        low = nibbles ? new int[row.length] : null;
        start = new int[(width + window.paddingX()) * (height + 1)];
        linesOver = new int[height];
        for (int y = 0; y < window.outHeight(); y++) {
            for (int line = firstLine(y); line < endLine(y); line++) {
                linesOver[line]++;
            }
        }
        outputsOver = new int[width];
        for (int x = 0; x < width; x++) {
            outputsOver[x] = window.outputsOver(x);
        }
    }

    /** The first line of a column that output line y sees. */
    int firstLine(int y) {
        return Math.clamp(window.firstLine(y), 0, height);
    }

    /** Behind the last one. */
    int endLine(int y) {
        return Math.clamp(window.firstLine(y) + window.kernelHeight(), 0, height);
    }

    void list(Source source, Lister lister) {
        int n = source.isValued() ? list(source.values()) : list(source.maps(), lister);
        Arrays.fill(start, width * (height + 1), start.length, n);
    }

    private int list(SpikeMap[] maps, Lister lister) {
        int n = 0;
        for (int x = 0; x < width; x++) {
            int at = x * (height + 1);
            n = maps.length == 1 ? listOne(maps[0], lister, x, at, n) : listAll(maps, lister, x, at, n);
            start[at + height] = n;
        }
        return n;
    }

    private int listOne(SpikeMap map, Lister lister, int x, int at, int from) {
        int words = map.wordsPerPixel;
        return lister.appendPixels(
                map.words, x * words, width * words, channels, height, channels, row, from, start, at);
    }

    /** A neuron that fires in several maps is listed as often. */
    private int listAll(SpikeMap[] maps, Lister lister, int x, int at, int from) {
        int n = from;
        for (int line = 0; line < height; line++) {
            start[at + line] = n;
            for (SpikeMap map : maps) {
                int words = map.wordsPerPixel;
                n = lister.append(map.words, (line * width + x) * words, channels, line * channels, row, n);
            }
        }
        return n;
    }

    /** Nibbles of bytes that are not 0. A byte is written always and counted after: a branch here is a coin toss. */
    private int list(int[] values) {
        int area = window.from().area();
        int n = 0;
        for (int x = 0; x < width; x++) {
            int at = x * (height + 1);
            for (int line = 0; line < height; line++) {
                start[at + line] = n;
                for (int c = 0; c < channels; c++) {
                    int v = values[c * area + line * width + x];
                    int entry = (line * channels + c) * Nibbles.COUNT;
                    row[n] = entry + (v >> Nibbles.BITS);
                    low[n] = entry + (v & Nibbles.MASK);
                    n += (v | -v) >>> 31;
                }
            }
            start[at + height] = n;
        }
        return n;
    }

    /** How many (input, output position) pairs the lists hold. */
    long visits() {
        long visits = 0;
        for (int x = 0; x < width; x++) {
            int at = x * (height + 1);
            int seen = 0;
            for (int line = 0; line < height; line++) {
                seen += (start[at + line + 1] - start[at + line]) * linesOver[line];
            }
            visits += (long) seen * outputsOver[x];
        }
        return visits;
    }
}
