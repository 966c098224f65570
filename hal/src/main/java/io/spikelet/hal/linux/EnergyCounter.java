package io.spikelet.hal.linux;

import java.nio.file.Path;
import java.util.OptionalLong;

/** Follows one counter of microjoules that the kernel shows in a file, past its wraps, from 0 at the first reading. */
final class EnergyCounter {
    private final Path file;
    private final long range;
    private long previous = -1;
    private long total;
    private long gaps;

    /** @param range what the counter has counted when it begins at 0 again, in microjoules; 0 when nobody says */
    EnergyCounter(Path file, long range) {
        this.file = file;
        this.range = range;
    }

    /** Microjoules since the first call, never falling; empty when the file gives none now. */
    synchronized OptionalLong microjoules() {
        OptionalLong reading = SysFiles.number(file);
        if (reading.isEmpty()) {
            return OptionalLong.empty();
        }
        long now = reading.getAsLong();
        if (previous >= 0) {
            total += now >= previous ? now - previous : afterAWrap(now);
        }
        previous = now;
        return OptionalLong.of(total);
    }

    /** Without a range, what was counted between the last reading and the fall to 0 is lost: too little, not a guess. */
    private long afterAWrap(long now) {
        if (range > 0) {
            return now + range - previous;
        }
        gaps++;
        return now;
    }

    /** How often it fell without a range. */
    synchronized long gaps() {
        return gaps;
    }
}
