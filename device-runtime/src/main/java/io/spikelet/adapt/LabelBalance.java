package io.spikelet.adapt;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Notices that one class rules the last labels. */
final class LabelBalance {
    /** Labels that it looks back on. */
    static final int WINDOW = 32;

    /** Labels of one class among them from which the class rules. */
    static final int RULING = 28;

    private final int[] labels = new int[WINDOW];
    private final int[] counts;
    private long seen;
    private boolean wasOneSided;

    LabelBalance(int classes) {
        counts = new int[classes];
    }

    void see(int label) {
        wasOneSided = isOneSided();
        int slot = (int) (seen++ % WINDOW);
        if (seen > WINDOW) {
            counts[labels[slot]]--;
        }
        labels[slot] = label;
        counts[label]++;
    }

    /** A network of one class has nothing to be balanced. */
    boolean isOneSided() {
        return counts.length > 1 && seen >= WINDOW && counts[ruling()] >= RULING;
    }

    /** Whether the last label was the first that showed it. */
    boolean hasBegun() {
        return isOneSided() && !wasOneSided;
    }

    /** The class that most of the last labels name. */
    int ruling() {
        int most = 0;
        for (int c = 1; c < counts.length; c++) {
            most = counts[c] > counts[most] ? c : most;
        }
        return most;
    }

    /** Its share of them, in 1/10000. */
    int share() {
        return counts[ruling()] * AdaptationSettings.WHOLE / WINDOW;
    }

    static int savedBytes() {
        return Long.BYTES + Integer.BYTES + WINDOW * Integer.BYTES;
    }

    void save(ByteBuffer into) {
        into.putLong(seen).putInt(wasOneSided ? 1 : 0);
        for (int label : labels) {
            into.putInt(label);
        }
    }

    void restore(ByteBuffer from) {
        seen = AdaptationCounters.bounded(from.getLong());
        wasOneSided = from.getInt() != 0;
        Arrays.fill(counts, 0);
        for (int k = 0; k < WINDOW; k++) {
            labels[k] = Math.floorMod(from.getInt(), counts.length);
            counts[labels[k]] += k < seen ? 1 : 0;
        }
    }
}
