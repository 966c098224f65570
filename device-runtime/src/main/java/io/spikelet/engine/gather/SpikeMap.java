package io.spikelet.engine.gather;

import io.spikelet.model.Shape;

/**
 * A layer's spikes at one time step, channels last: pixel {@code p = y·width + x} owns {@code wordsPerPixel} words, and
 * bit {@code c mod 64} of word {@code c / 64} says whether channel c fired. Bits beyond the channels are 0.
 */
public final class SpikeMap {
    final int channels;
    final int height;
    final int width;
    final int wordsPerPixel;

    /** (height, width, wordsPerPixel). */
    final long[] words;

    public SpikeMap(Shape shape) {
        channels = shape.channels();
        height = shape.height();
        width = shape.width();
        wordsPerPixel = (channels + Long.SIZE - 1) / Long.SIZE;
        words = new long[height * width * wordsPerPixel];
    }

    /** No spikes at all. */
    public void clear() {
        java.util.Arrays.fill(words, 0);
    }

    /** How many neurons fired. */
    public int count() {
        int count = 0;
        for (long word : words) {
            count += Long.bitCount(word);
        }
        return count;
    }

    /**
     * Takes dense values, channels first; everything but 0 is a spike.
     *
     * @param active the first {@code count} entries are the indices of the spikes
     */
    public void pack(int[] active, int count) {
        clear();
        int area = height * width;
        if (area == 1) {
            for (int k = 0; k < count; k++) {
                words[active[k] >> 6] |= 1L << active[k];
            }
            return;
        }
        for (int k = 0; k < count; k++) {
            int channel = active[k] / area;
            int pixel = active[k] - channel * area;
            words[pixel * wordsPerPixel + (channel >> 6)] |= 1L << channel;
        }
    }

    /**
     * Takes dense bytes, channels first; everything but 0 is a spike.
     *
     * @param frame holds a byte for each neuron from {@code offset}
     */
    void pack(byte[] frame, int offset) {
        clear();
        int area = height * width;
        if (area == 1) {
            packVector(frame, offset);
            return;
        }
        for (int c = 0; c < channels; c++) {
            int from = offset + c * area;
            for (int pixel = 0; pixel < area; pixel++) {
                words[pixel * wordsPerPixel + (c >> 6)] |= bit(frame[from + pixel]) << c;
            }
        }
    }

    /** A word at a time: to write it for every few bytes would wait for the write before. */
    private void packVector(byte[] frame, int offset) {
        for (int word = 0; word < words.length; word++) {
            int first = word * Long.SIZE;
            words[word] = packWord(frame, offset + first, Math.min(channels - first, Long.SIZE));
        }
    }

    static long packWord(byte[] frame, int from, int count) {
        long word = 0;
        int c = 0;
        for (; c + Byte.SIZE <= count; c += Byte.SIZE) {
            word |= EightBytes.spikes(frame, from + c) << c;
        }
        for (; c < count; c++) {
            word |= bit(frame[from + c]) << c;
        }
        return word;
    }

    private static long bit(byte value) {
        return (value | -value) >>> 31;
    }

    /**
     * Gives dense values, channels first.
     *
     * @param value (channels · height · width) 0 or 1
     */
    public void unpack(int[] value) {
        int area = height * width;
        for (int pixel = 0; pixel < area; pixel++) {
            for (int c = 0; c < channels; c++) {
                value[c * area + pixel] = (int) (words[pixel * wordsPerPixel + (c >> 6)] >>> c & 1);
            }
        }
    }
}
