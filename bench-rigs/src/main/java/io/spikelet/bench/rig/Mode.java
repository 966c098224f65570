package io.spikelet.bench.rig;

import java.util.Locale;

/** What a run can find out, in the order in which it does. */
enum Mode {
    ACCURACY,
    PERFORMANCE,
    ENERGY;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
