package io.spikelet.adapt;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Notices a sensor that gives the same again and again. */
final class StuckInput {
    /** The same sample so often in a row is no chance. */
    static final int IN_A_ROW = 4;

    private final byte[] previous;
    private int inARow;

    StuckInput(int sampleBytes) {
        previous = new byte[sampleBytes];
    }

    /** Takes the next input. */
    void see(byte[] samples, int offset) {
        boolean same =
                inARow > 0 && Arrays.equals(previous, 0, previous.length, samples, offset, offset + previous.length);
        if (same) {
            inARow = Math.min(Integer.MAX_VALUE - 1, inARow) + 1;
        } else {
            System.arraycopy(samples, offset, previous, 0, previous.length);
            inARow = 1;
        }
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
        return Integer.BYTES + previous.length;
    }

    void save(ByteBuffer into) {
        into.putInt(inARow).put(previous);
    }

    void restore(ByteBuffer from) {
        inARow = from.getInt();
        from.get(previous);
    }
}
