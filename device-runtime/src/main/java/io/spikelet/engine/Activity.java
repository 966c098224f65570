package io.spikelet.engine;

/**
 * One layer's output at the present time step: every value, and the indices of those that happened, so that the layer
 * behind works only on what happened.
 */
final class Activity {
    /** The {@link #silence} of all edges but those of times. */
    static final int ZERO = 0;

    /** (size) the values, dense. */
    final int[] value;

    /**
     * (size) the first {@link #activeCount} entries are the indices of the values that are not silence, ascending. A linear
     * layer's kernels leave it alone, since its many sums are mostly read as they lie.
     */
    final int[] active;

    /** The value that says that nothing happened: 0, or the window of an edge that carries times. */
    final int silence;

    int activeCount;

    Activity(int size) {
        this(size, ZERO);
    }

    Activity(int size, int silence) {
        value = new int[size];
        active = new int[size];
        this.silence = silence;
    }

    void clear() {
        java.util.Arrays.fill(value, silence);
        activeCount = 0;
    }

    /** Finds the active indices after {@link #value} was written. */
    void index() {
        int count = 0;
        for (int i = 0; i < value.length; i++) {
            int differs = value[i] ^ silence;
            // Written always and counted when it differs: a branch here is a coin toss.
            active[count] = i;
            count += (differs | -differs) >>> 31;
        }
        activeCount = count;
    }
}
