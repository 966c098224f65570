package io.spikelet.telemetry;

import io.spikelet.hal.Store;
import java.io.IOException;

/**
 * {@code bdSeq}: 0 for the first connection of a board's life, one more for each, 0 again after 255. Stored before it is
 * used, since the broker sends the will of a connection that a power cut ended when the board is back already, and that
 * will must not carry the number of the new birth.
 */
public final class BirthSequence {
    static final String FILE = "bdseq";

    private BirthSequence() {}

    /** The number for the next connection. */
    public static int next(Store store) throws IOException {
        byte[] last = store.read(FILE).orElse(new byte[0]);
        int next = last.length == 1 ? (last[0] + 1) & 0xff : 0;
        store.write(FILE, new byte[] {(byte) next});
        return next;
    }
}
