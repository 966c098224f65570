package io.spikelet.fixedpoint.broken;

import io.spikelet.bench.arrows.above.Downward;
import java.util.logging.Logger;

/** Breaks every rule at once: knows a module above, in a circle, logs by a backend, and has an empty word for a name. */
public final class UpwardManager {
    public static final Logger LOGGER = Logger.getLogger("broken");

    private UpwardManager() {}

    public static int circle(int steps) {
        return steps == 0 ? 0 : Downward.circle(steps - 1);
    }
}
