package io.spikelet.engine.gather;

/**
 * Weights of −1 and 1 against packed bits: {@code sum = 2·popcount(spikes ∧ plus) − popcount(spikes)}, the window taken
 * word by word. The work does not depend on how many spikes there are, so it pays where they are many.
 */
final class PopcountTiles extends Tiles {
    private static final int WIDTH = 64;

    private final SpikeMap from;

    /** (outputs, kernelHeight, kernelWidth, wordsPerPixel) a bit for each weight of 1. */
    private final long[] plus;

    private final int wordsPerOutput;

    PopcountTiles(WeightRows rows, int[] threshold, SpikeMap from) {
        super(rows, evenTiles(rows.outputs(), WIDTH), threshold);
        this.from = from;
        Window window = rows.window();
        int words = from.wordsPerPixel;
        int kernelHeight = window.kernelHeight();
        int kernelWidth = window.kernelWidth();
        wordsPerOutput = kernelHeight * kernelWidth * words;
        plus = new long[rows.outputs() * wordsPerOutput];
        for (int o = 0; o < rows.outputs(); o++) {
            for (int row = 0; row < window.rows(); row++) {
                if (rows.weight(row, o) > 0) {
                    int channel = row % from.channels;
                    int ky = row / from.channels % kernelHeight;
                    int kx = row / from.channels / kernelHeight;
                    plus[o * wordsPerOutput + (ky * kernelWidth + kx) * words + (channel >> 6)] |= 1L << channel;
                }
            }
        }
    }

    @Override
    void fire(RowLists lists, SpikeMap out, int firstLine, int endLine) {
        Window window = rows.window();
        for (int y = firstLine; y < endLine; y++) {
            for (int x = 0; x < window.outWidth(); x++) {
                int position = y * window.outWidth() + x;
                for (int o = 0; o < rows.outputs(); o++) {
                    if (sum(y, x, o) >= threshold[o]) {
                        out.words[position * out.wordsPerPixel + (o >> 6)] |= 1L << o;
                    }
                }
            }
        }
    }

    @Override
    void sum(RowLists lists, int[] sums, int firstLine, int endLine) {
        Window window = rows.window();
        for (int y = firstLine; y < endLine; y++) {
            for (int x = 0; x < window.outWidth(); x++) {
                int at = (y * window.outWidth() + x) * stride();
                for (int o = 0; o < rows.outputs(); o++) {
                    sums[at + o] = sum(y, x, o);
                }
            }
        }
    }

    private int sum(int y, int x, int output) {
        Window window = rows.window();
        int words = from.wordsPerPixel;
        int first = Math.max(0, window.firstColumn(x));
        int skipped = first - window.firstColumn(x);
        int length = (Math.min(from.width, window.firstColumn(x) + window.kernelWidth()) - first) * words;
        int active = 0;
        int positive = 0;
        for (int ky = 0; ky < window.kernelHeight(); ky++) {
            int line = window.line(y, ky);
            if (line >= 0 && line < from.height) {
                int at = (line * from.width + first) * words;
                int weight = output * wordsPerOutput + (ky * window.kernelWidth() + skipped) * words;
                for (int k = 0; k < length; k++) {
                    long spikes = from.words[at + k];
                    active += Long.bitCount(spikes);
                    positive += Long.bitCount(spikes & plus[weight + k]);
                }
            }
        }
        return 2 * positive - active;
    }

    @Override
    public long weightBytes() {
        return (long) plus.length * Long.BYTES;
    }
}
