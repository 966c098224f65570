package io.spikelet.learn;

import io.spikelet.model.Join;

/** Carries the error of one time step from a layer to its source (equations L5, L7 and L8); adds to what is there. */
interface ErrorPass {
    /** Fraction bits of what one spike is in units of 1.0. */
    int SCALE_BITS = 30;

    /** Of a scale: times a post factor below 2^17 it stays below 2^62. */
    long MOST_SCALE = 1L << 45;

    void pass();

    /** Element by element, as a sum of spikes has it. */
    static ErrorPass sum(long[] from, long[] to) {
        return () -> {
            for (int i = 0; i < to.length; i++) {
                to[i] += from[i];
            }
        };
    }

    /**
     * Of a join: through a sum as it is, through AND where all others fired, through {@code in_1 · (1 − in_0)} to the one that
     * inhibits with the other sign.
     *
     * @param values (sources) of this step
     * @param which of the sources takes it
     */
    static ErrorPass join(Join.Kind kind, long[] from, long[] to, int[][] values, int which) {
        return switch (kind) {
            case ADD -> sum(from, to);
            case AND ->
                () -> {
                    for (int i = 0; i < to.length; i++) {
                        to[i] += allOthersFired(values, which, i) ? from[i] : 0;
                    }
                };
            case AND_NOT ->
                () -> {
                    int[] other = values[1 - which];
                    for (int i = 0; i < to.length; i++) {
                        to[i] += which == 0 ? -other[i] * from[i] : (1 - other[i]) * from[i];
                    }
                };
        };
    }

    private static boolean allOthersFired(int[][] values, int which, int i) {
        for (int k = 0; k < values.length; k++) {
            if (k != which && values[k][i] == 0) {
                return false;
            }
        }
        return true;
    }

    /** To each of the values that spoke for an output. */
    static ErrorPass vote(long[] from, long[] to, int voters) {
        return () -> {
            for (int i = 0; i < to.length; i++) {
                to[i] += from[i / voters];
            }
        };
    }

    /**
     * To spikes that drive neurons themselves.
     *
     * @param scale (neurons) one spike in units of 1.0, · 2^30, at most {@link #MOST_SCALE}
     */
    static ErrorPass drive(PlasticNeurons neurons, long[] scale, long[] to) {
        return () -> {
            for (int i = 0; i < to.length; i++) {
                to[i] += neurons.postFactor[i] * scale[i] >> SCALE_BITS;
            }
        };
    }
}
