package io.spikelet.adapt;

import java.nio.ByteBuffer;

/**
 * Notices a sensor that gives the same again and again, but for a little noise: an input is the same as the one that the run began with
 * where all their values together differ by no more than 1/{@value #NOISE} of what one input usually differs from the next.
 */
final class StuckInput {
    /** The same sample so often in a row is no chance. */
    static final int IN_A_ROW = 4;

    /** An input that differs from the one before by so small a share of the usual difference is the same. */
    static final int NOISE = 32;

    /** A new difference moves the usual one by 1 in 2^this. */
    private static final int SMOOTHING = 4;

    /** What the run of inputs began with. */
    private final byte[] previous;

    private int inARow;

    /** Σ|a − b| over the values of an input and the next that is not the same, smoothed, times 2^{@link #SMOOTHING}. */
    private long usual;

    StuckInput(int sampleBytes) {
        previous = new byte[sampleBytes];
    }

    /** Takes the next input. */
    void see(byte[] samples, int offset) {
        long difference = difference(samples, offset);
        if (inARow > 0 && difference * NOISE << SMOOTHING <= usual) {
            inARow = Math.min(Integer.MAX_VALUE - 1, inARow) + 1;
        } else {
            if (inARow > 0) {
                usual += usual == 0 ? difference << SMOOTHING : difference - (usual >> SMOOTHING);
            }
            System.arraycopy(samples, offset, previous, 0, previous.length);
            inARow = 1;
        }
    }

    private long difference(byte[] samples, int offset) {
        long sum = 0;
        for (int i = 0; i < previous.length; i++) {
            sum += Math.abs((samples[offset + i] & 0xff) - (previous[i] & 0xff));
        }
        return sum;
    }

    boolean isStuck() {
        return inARow >= IN_A_ROW;
    }

    /** Whether the last input was the first that showed it. */
    boolean hasBegun() {
        return inARow == IN_A_ROW;
    }

    /** How often the last input came in a row. */
    int inARow() {
        return inARow;
    }

    int savedBytes() {
        return Integer.BYTES + Long.BYTES + previous.length;
    }

    void save(ByteBuffer into) {
        into.putInt(inARow).putLong(usual).put(previous);
    }

    void restore(ByteBuffer from) {
        inARow = from.getInt();
        usual = AdaptationCounters.bounded(from.getLong());
        from.get(previous);
    }
}
