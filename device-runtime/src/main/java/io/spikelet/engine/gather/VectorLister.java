package io.spikelet.engine.gather;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** The vector twin: eight bits at a time by a table of their places, without a branch that depends on them. */
final class VectorLister implements Lister {
    private static final VectorSpecies<Integer> LANES =
            IntVector.SPECIES_PREFERRED.length() >= 8 ? IntVector.SPECIES_256 : IntVector.SPECIES_128;

    private static final int N = LANES.length();

    /** (256, 8) the places of the set bits of a byte, then zeros. */
    private static final int[] PLACES = new int[256 * Byte.SIZE];

    static {
        for (int bits = 0; bits < 256; bits++) {
            int n = bits * Byte.SIZE;
            for (int place = 0; place < Byte.SIZE; place++) {
                if ((bits >> place & 1) != 0) {
                    PLACES[n++] = place;
                }
            }
        }
    }

    @Override
    public int append(long[] words, int at, int bits, int base, int[] row, int from) {
        int n = from;
        for (int k = 0; k < bits; k += Byte.SIZE) {
            int eight = (int) (words[at + (k >> 6)] >>> (k & 63)) & 0xff;
            int places = eight * Byte.SIZE;
            IntVector.fromArray(LANES, PLACES, places).add(base + k).intoArray(row, n);
            if (N < Byte.SIZE) {
                IntVector.fromArray(LANES, PLACES, places + N).add(base + k).intoArray(row, n + N);
            }
            n += Integer.bitCount(eight);
        }
        return n;
    }

    @Override
    public int appendPixels(
            long[] words,
            int at,
            int wordsPerPixel,
            int bits,
            int pixels,
            int baseStep,
            int[] row,
            int from,
            int[] start,
            int startAt) {
        int n = from;
        for (int x = 0; x < pixels; x++) {
            start[startAt + x] = n;
            int first = at + x * wordsPerPixel;
            for (int k = 0; k < bits; k += Byte.SIZE) {
                int eight = (int) (words[first + (k >> 6)] >>> (k & 63)) & 0xff;
                int places = eight * Byte.SIZE;
                int base = x * baseStep + k;
                IntVector.fromArray(LANES, PLACES, places).add(base).intoArray(row, n);
                if (N < Byte.SIZE) {
                    IntVector.fromArray(LANES, PLACES, places + N).add(base).intoArray(row, n + N);
                }
                n += Integer.bitCount(eight);
            }
        }
        return n;
    }

    @Override
    public int merge(
            int[] list,
            int[] listStart,
            int[] firstStart,
            int[] offset,
            int lists,
            int columns,
            int[] row,
            int from,
            int[] start,
            int startAt) {
        int n = from;
        for (int x = 0; x < columns; x++) {
            start[startAt + x] = n;
            for (int k = 0; k < lists; k++) {
                int first = listStart[firstStart[k] + x];
                int end = listStart[firstStart[k] + x + 1];
                int j = first;
                // At least once: a stretch is seldom longer than the lanes, and a test for none is a coin toss.
                do {
                    IntVector.fromArray(LANES, list, j).add(offset[k]).intoArray(row, n + j - first);
                    j += N;
                } while (j < end);
                n += end - first;
            }
        }
        return n;
    }
}
