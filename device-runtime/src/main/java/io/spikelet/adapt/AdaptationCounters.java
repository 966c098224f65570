package io.spikelet.adapt;

import java.nio.ByteBuffer;

/** The numbers that an adaptation goes by, kept together since a checkpoint holds all of them. */
final class AdaptationCounters {
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

    void restore(ByteBuffer from) {
        taken = from.getLong();
        labelled = from.getLong();
        selfLabelled = from.getLong();
        rewardedRight = from.getLong();
        rewardedWrong = from.getLong();
        refused = from.getLong();
        sinceEvaluation = from.getInt();
        heldInARow = from.getInt();
        imageAccuracy = from.getInt();
        servedAccuracy = from.getInt();
        guardIsStale = from.getInt() != 0;
        guardIsGiven = from.getInt() != 0;
        lacksGuard = from.getInt() != 0;
    }

    void clear() {
        restore(ByteBuffer.allocate(savedBytes()));
        guardIsStale = true;
    }
}
