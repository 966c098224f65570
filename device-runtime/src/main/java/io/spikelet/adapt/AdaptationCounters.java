package io.spikelet.adapt;

import java.nio.ByteBuffer;

/** The numbers that an adaptation goes by, kept together since a checkpoint holds all of them. */
final class AdaptationCounters {
    private static final long MOST = 1L << 62;
    private static final int MOST_IN_A_ROW = 1 << 30;

    long taken;
    long labelled;
    long selfLabelled;
    long rewardedRight;
    long rewardedWrong;
    long refused;
    int sinceEvaluation;

    /** Evaluations in a row in which the candidate was worse than the served model. */
    int heldInARow;

    /** Of the image's own weights on the guard set, in 1/10000. */
    int imageAccuracy;

    int servedAccuracy;

    /** The guard set changed since both accuracies were taken. */
    boolean guardIsStale = true;

    /** The guard set came from outside, so that the stream of labels adds nothing. */
    boolean guardIsGiven;

    /** The last evaluation found too few guard samples. */
    boolean lacksGuard;

    AdaptationCounters() {}

    static int savedBytes() {
        return 6 * Long.BYTES + 7 * Integer.BYTES;
    }

    void save(ByteBuffer into) {
        into.putLong(taken).putLong(labelled).putLong(selfLabelled);
        into.putLong(rewardedRight).putLong(rewardedWrong).putLong(refused);
        into.putInt(sinceEvaluation).putInt(heldInARow).putInt(imageAccuracy).putInt(servedAccuracy);
        into.putInt(guardIsStale ? 1 : 0).putInt(guardIsGiven ? 1 : 0).putInt(lacksGuard ? 1 : 0);
    }

    /** A stored count within what counts to: 0 and what no board reaches, so that counting on never overflows. */
    static long bounded(long stored) {
        return Math.clamp(stored, 0, MOST);
    }

    void restore(ByteBuffer from) {
        taken = bounded(from.getLong());
        labelled = bounded(from.getLong());
        selfLabelled = bounded(from.getLong());
        rewardedRight = bounded(from.getLong());
        rewardedWrong = bounded(from.getLong());
        refused = bounded(from.getLong());
        sinceEvaluation = Math.clamp(from.getInt(), 0, MOST_IN_A_ROW);
        heldInARow = Math.clamp(from.getInt(), 0, MOST_IN_A_ROW);
        imageAccuracy = Math.clamp(from.getInt(), 0, MOST_IN_A_ROW);
        servedAccuracy = Math.clamp(from.getInt(), 0, MOST_IN_A_ROW);
        guardIsStale = from.getInt() != 0;
        guardIsGiven = from.getInt() != 0;
        lacksGuard = from.getInt() != 0;
    }

    void clear() {
        restore(ByteBuffer.allocate(savedBytes()));
        guardIsStale = true;
    }
}
