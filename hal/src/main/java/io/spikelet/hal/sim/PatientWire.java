package io.spikelet.hal.sim;

import io.spikelet.hal.ByteLink;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * The buffers between an instrument and its reader: they hold 250 ms of a stream, about what an instrument's own,
 * USB's and a system's do, of which a pseudo-terminal has but 10 ms. What a reader leaves longer is lost. That this
 * program itself was late is no loss.
 */
final class PatientWire {
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final double NANOS_PER_SECOND = 1e9;

    private final ByteLink link;

    PatientWire(ByteLink link) {
        this.link = link;
    }

    /**
     * Writes all.
     *
     * @return how many samples found no room while it did
     */
    long write(byte[] bytes, int length, double perSecond) throws IOException {
        if (length == 0) {
            return 0;
        }
        long before = System.nanoTime();
        link.write(bytes, 0, length);
        long overdue = System.nanoTime() - before - PATIENCE_NANOS;
        return overdue > 0 ? (long) (overdue / NANOS_PER_SECOND * perSecond) : 0;
    }
}
