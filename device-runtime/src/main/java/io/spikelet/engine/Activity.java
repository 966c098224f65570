package io.spikelet.engine;

/**
 * One layer's output at the present time step: every value, and the indices of those that are not zero, so that the
 * layer behind works only on what happened.
 */
final class Activity {
    /** (size) the values, dense. */
    final int[] value;

    /** (size) the first {@link #activeCount} entries are the indices of the non-zero values, ascending. */
    final int[] active;

    int activeCount;

    Activity(int size) {
        value = new int[size];
        active = new int[size];
    }

    void clear() {
        java.util.Arrays.fill(value, 0);
        activeCount = 0;
    }

    /** Finds the active indices after {@link #value} was written. */
    void index() {
        int count = 0;
        for (int i = 0; i < value.length; i++) {
            if (value[i] != 0) {
                active[count++] = i;
            }
        }
        activeCount = count;
    }
}
