package io.spikelet.bench.rig;

import io.spikelet.bench.energy.PowerRecording;
import io.spikelet.bench.energy.PowerTrace;
import java.util.ArrayList;
import java.util.List;

/**
 * A recording at several resolutions, so that a page draws the coarse one whole and the fine ones in part.
 *
 * @param fromSeconds where it begins, by the meter's clock
 * @param toSeconds where it ends
 * @param levels the coarsest first, eight times the points in each finer one; a level's points divide the time evenly
 */
record TracePyramid(double fromSeconds, double toSeconds, List<PowerTrace> levels) {
    private static final int COARSEST = 1 << 10;
    private static final int FACTOR = 8;
    private static final int FINEST = 1 << 16;

    TracePyramid {
        levels = List.copyOf(levels);
    }

    static TracePyramid of(PowerRecording recording) {
        List<PowerTrace> levels = new ArrayList<>();
        for (int points = COARSEST; points <= FINEST; points *= FACTOR) {
            PowerTrace level = recording.trace(recording.startNanos(), recording.endNanos(), points);
            levels.add(level);
            if (level.seconds().length < points) {
                break; // there is nothing finer
            }
        }
        return new TracePyramid(recording.startNanos() * 1e-9, recording.endNanos() * 1e-9, levels);
    }

    PowerTrace finest() {
        return levels.getLast();
    }
}
