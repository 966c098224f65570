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
        for (int k = 0; k < bits; k += Long.SIZE) {
            n = appendWord(words[at + (k >> 6)], Math.min(bits - k, Long.SIZE), base + k, row, n);
        }
        return n;
    }

    @Override
    public int appendPixels(
            long[] words,
            int at,
            int wordStep,
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
            for (int k = 0; k < bits; k += Long.SIZE) {
                long word = words[at + x * wordStep + (k >> 6)];
                n = appendWord(word, Math.min(bits - k, Long.SIZE), x * baseStep + k, row, n);
            }
        }
        return n;
    }

    private static int appendWord(long bits, int count, int base, int[] row, int from) {
        int n = from;
        long word = bits;
        IntVector bases = IntVector.broadcast(LANES, base);
        for (int rest = count; rest > 0; rest -= Byte.SIZE) {
            int eight = (int) word & 0xff;
            int places = eight * Byte.SIZE;
            IntVector.fromArray(LANES, PLACES, places).add(bases).intoArray(row, n);
            if (N < Byte.SIZE) {
                IntVector.fromArray(LANES, PLACES, places + N).add(bases).intoArray(row, n + N);
            }
            n += Integer.bitCount(eight);
            word >>>= Byte.SIZE;
            bases = bases.add(Byte.SIZE);
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
        return lists == 3
                ? mergeThree(list, listStart, firstStart, offset, columns, row, from, start, startAt)
                : mergeAny(list, listStart, firstStart, offset, lists, columns, row, from, start, startAt);
    }

    private static int mergeAny(
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
                copy(list, first, end, offset[k], row, n);
                n += end - first;
            }
        }
        return n;
    }

    /** The same of three lists, of which no stretch waits for the one before to be copied: where each goes is known first. */
    private static int mergeThree(
            int[] list,
            int[] listStart,
            int[] firstStart,
            int[] offset,
            int columns,
            int[] row,
            int from,
            int[] start,
            int startAt) {
        int first = firstStart[0];
        int second = firstStart[1];
        int third = firstStart[2];
        int a = listStart[first];
        int b = listStart[second];
        int c = listStart[third];
        int n = from;
        for (int x = 0; x < columns; x++) {
            start[startAt + x] = n;
            int aEnd = listStart[first + x + 1];
            int bEnd = listStart[second + x + 1];
            int cEnd = listStart[third + x + 1];
            int intoB = n + aEnd - a;
            int intoC = intoB + bEnd - b;
            copy(list, a, aEnd, offset[0], row, n);
            copy(list, b, bEnd, offset[1], row, intoB);
            copy(list, c, cEnd, offset[2], row, intoC);
            n = intoC + cEnd - c;
            a = aEnd;
            b = bEnd;
            c = cEnd;
        }
        return n;
    }

    /** At least as many entries as there are lanes: a stretch is seldom longer, and a test for none is a coin toss. */
    private static void copy(int[] list, int from, int to, int more, int[] row, int into) {
        IntVector.fromArray(LANES, list, from).add(more).intoArray(row, into);
        for (int j = from + N; j < to; j += N) {
            IntVector.fromArray(LANES, list, j).add(more).intoArray(row, into + j - from);
        }
    }
}
