package io.spikelet.bench.adapt;

import io.spikelet.fixedpoint.SeededRandom;

/**
 * Vectors of the past in a fixed number of bytes, as many places for each class. A full class keeps a uniform draw of all
 * that it ever saw (Vitter, Random sampling with a reservoir, ACM TOMS 11, 1985), so every day stays in it.
 */
final class FeatureMemory {
    private static final int DRAW_BITS = 31;

    private final int inputs;
    private final int places;

    /** (classes, places, inputs) */
    private final byte[] vectors;

    /** (classes) how many were ever given. */
    private final int[] seen;

    private final SeededRandom random;
    private int nextClass;

    /** @param bytes of vectors */
    FeatureMemory(int bytes, int inputs, int classes, long seed) {
        places = bytes / (inputs * classes);
        if (places < 1) {
            throw new IllegalArgumentException("a memory holds a vector of each class, " + inputs * classes
                    + " bytes: --memory " + bytes);
        }
        this.inputs = inputs;
        vectors = new byte[classes * places * inputs];
        seen = new int[classes];
        random = new SeededRandom(seed);
    }

    void add(byte[] from, int offset, int label) {
        int place = seen[label] < places ? seen[label] : below(seen[label] + 1);
        seen[label]++;
        if (place < places) {
            System.arraycopy(from, offset, vectors, offset(label, place), inputs);
        }
    }

    /** The class whose turn it is, each in turn; −1 where nothing is remembered. */
    int turn() {
        for (int k = 0; k < seen.length; k++) {
            int label = nextClass;
            nextClass = (nextClass + 1) % seen.length;
            if (seen[label] > 0) {
                return label;
            }
        }
        return -1;
    }

    /** Where in {@link #vectors()} one of a class's vectors begins, each as likely. */
    int draw(int label) {
        return offset(label, below(Math.min(places, seen[label])));
    }

    byte[] vectors() {
        return vectors;
    }

    private int offset(int label, int place) {
        return (label * places + place) * inputs;
    }

    private int below(int bound) {
        return (int) (random.next(DRAW_BITS) * bound >> DRAW_BITS);
    }
}
