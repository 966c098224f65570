package io.spikelet.adapt;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Compares what unlabelled answers look like, the firing of each layer and the margin of the answer, with how they looked
 * on a reference, class by answered class: two one-sided CUSUM charts a statistic (Page, Continuous Inspection Schemes,
 * Biometrika 41, 1954) over distances in standard deviations of the reference. Integers only. One thread.
 *
 * <pre>
 * z  = (x − mean[answer]) / deviation[answer]     cut at ±4
 * up ← max(0, up + z − 3/4),  down ← max(0, down − z − 3/4)     an alarm above 20
 * </pre>
 */
final class DriftWatch {
    /** Answers that make a reference where no guard set does. */
    static final int REFERENCE_ANSWERS = 256;

    /** Answers of a class from which its own mean and deviation are used, else those of all answers. */
    private static final int LEAST_OF_CLASS = 8;

    /** Answers without a new alarm after which drift has ended. */
    private static final int QUIET_ANSWERS = 256;

    private static final int ONE = 256;
    private static final int LIMIT = 4 * ONE;
    private static final int ALLOWANCE = 3 * ONE / 4;
    private static final int ALARM = 20 * ONE;

    /** Beyond any rate or margin that is told apart; keeps the sums of squares within 64 bits. */
    private static final long MOST = 1L << 24;

    private final int classes;
    private final int statistics;

    /** (classes) answers of the reference. */
    private final int[] counts;

    /** (classes, statistics) */
    private final long[] sums;

    private final long[] squares;

    /** (classes + 1, statistics), the last row of all answers. */
    private final long[] means;

    private final long[] deviations;

    /** (statistics) Q8. */
    private final int[] up;

    private final int[] down;

    private int references;
    private boolean isReady;
    private boolean isDrifting;
    private int quiet;
    private int alarmed;
    private int direction;

    DriftWatch(int classes, int statistics) {
        this.classes = classes;
        this.statistics = statistics;
        counts = new int[classes];
        sums = new long[classes * statistics];
        squares = new long[classes * statistics];
        means = new long[(classes + 1) * statistics];
        deviations = new long[(classes + 1) * statistics];
        up = new int[statistics];
        down = new int[statistics];
    }

    /** Forgets the reference and the charts; the next answers make another one. Drift that stands goes on standing. */
    void beginReference() {
        Arrays.fill(counts, 0);
        Arrays.fill(sums, 0);
        Arrays.fill(squares, 0);
        references = 0;
        isReady = false;
        clearCharts();
    }

    private void clearCharts() {
        Arrays.fill(up, 0);
        Arrays.fill(down, 0);
        quiet = 0;
    }

    /** Adds an answer to the reference. */
    void refer(int answer, long[] values) {
        references++;
        counts[answer]++;
        for (int s = 0; s < statistics; s++) {
            long value = Math.clamp(values[s], -MOST, MOST);
            sums[answer * statistics + s] += value;
            squares[answer * statistics + s] += value * value;
        }
    }

    /** From now on answers are compared. */
    void concludeReference() {
        isReady = references > 0;
        for (int s = 0; s < statistics && isReady; s++) {
            long sum = 0;
            long square = 0;
            for (int c = 0; c < classes; c++) {
                sum += sums[c * statistics + s];
                square += squares[c * statistics + s];
            }
            describe(classes * statistics + s, references, sum, square);
            for (int c = 0; c < classes; c++) {
                int at = c * statistics + s;
                if (counts[c] >= LEAST_OF_CLASS) {
                    describe(at, counts[c], sums[at], squares[at]);
                } else {
                    means[at] = means[classes * statistics + s];
                    deviations[at] = deviations[classes * statistics + s];
                }
            }
        }
    }

    private void describe(int at, int count, long sum, long square) {
        long mean = Math.floorDiv(sum, count);
        means[at] = mean;
        // Σ(x − m)² = Σx² − 2mΣx + n·m², exact in 64 bits: |x| ≤ 2^24 and n < 2^14.
        long spread = square - 2 * mean * sum + count * mean * mean;
        long deviation = (long) StrictMath.sqrt((double) (spread / count));
        // A statistic that never moved in a small reference is not sure to stand still.
        deviations[at] = Math.max(Math.max(1, Math.abs(mean) / 64), deviation);
    }

    boolean isReady() {
        return isReady;
    }

    boolean isDrifting() {
        return isDrifting;
    }

    /** The mean of a statistic over the whole reference. */
    long referenceMean(int statistic) {
        return means[classes * statistics + statistic];
    }

    /** What {@link #see} found. */
    enum Finding {
        NOTHING,
        BEGAN,
        ENDED
    }

    /** Takes one answer: adds it to a reference that is being made, or compares it. */
    Finding see(int answer, long[] values) {
        if (!isReady) {
            refer(answer, values);
            if (references >= REFERENCE_ANSWERS) {
                concludeReference();
            }
            return Finding.NOTHING;
        }
        boolean alarm = false;
        for (int s = 0; s < statistics; s++) {
            int at = answer * statistics + s;
            long value = Math.clamp(values[s], -MOST, MOST);
            int distance = Math.clamp((value - means[at]) * ONE / deviations[at], -LIMIT, LIMIT);
            up[s] = Math.max(0, up[s] + distance - ALLOWANCE);
            down[s] = Math.max(0, down[s] - distance - ALLOWANCE);
            if (up[s] > ALARM || down[s] > ALARM) {
                alarm = true;
                alarmed = s;
                direction = up[s] > ALARM ? 1 : -1;
            }
        }
        return alarm ? alarm() : quiet();
    }

    private Finding alarm() {
        boolean began = !isDrifting;
        isDrifting = true;
        clearCharts();
        return began ? Finding.BEGAN : Finding.NOTHING;
    }

    private Finding quiet() {
        quiet = Math.min(quiet + 1, QUIET_ANSWERS);
        if (isDrifting && quiet == QUIET_ANSWERS) {
            isDrifting = false;
            return Finding.ENDED;
        }
        return Finding.NOTHING;
    }

    /** The statistic of the last alarm. */
    int alarmed() {
        return alarmed;
    }

    /** 1 where it was too large, −1 where too small. */
    int direction() {
        return direction;
    }

    int savedBytes() {
        return Integer.BYTES * (6 + classes + 2 * statistics) + 2 * Long.BYTES * classes * statistics;
    }

    void save(ByteBuffer into) {
        into.putInt(references).putInt(isReady ? 1 : 0).putInt(isDrifting ? 1 : 0);
        into.putInt(quiet).putInt(alarmed).putInt(direction);
        for (int c = 0; c < classes; c++) {
            into.putInt(counts[c]);
        }
        for (int k = 0; k < sums.length; k++) {
            into.putLong(sums[k]).putLong(squares[k]);
        }
        for (int s = 0; s < statistics; s++) {
            into.putInt(up[s]).putInt(down[s]);
        }
    }

    void restore(ByteBuffer from) {
        references = Math.max(0, from.getInt());
        boolean wasReady = from.getInt() != 0;
        isDrifting = from.getInt() != 0;
        quiet = from.getInt();
        alarmed = Math.floorMod(from.getInt(), statistics);
        direction = from.getInt();
        for (int c = 0; c < classes; c++) {
            counts[c] = from.getInt();
        }
        for (int k = 0; k < sums.length; k++) {
            sums[k] = from.getLong();
            squares[k] = from.getLong();
        }
        for (int s = 0; s < statistics; s++) {
            up[s] = from.getInt();
            down[s] = from.getInt();
        }
        isReady = false;
        if (wasReady) {
            concludeReference();
        }
    }
}
