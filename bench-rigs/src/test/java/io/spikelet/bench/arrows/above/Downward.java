package io.spikelet.bench.arrows.above;

import io.spikelet.fixedpoint.broken.UpwardManager;

/** The other half of the circle of {@link UpwardManager}. */
public final class Downward {

    private Downward() {}

    public static int circle(int steps) {
        return steps == 0 ? 0 : UpwardManager.circle(steps - 1);
    }
}
