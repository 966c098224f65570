package io.spikelet.dut;

import java.io.IOException;

/** A timestamp that the runner asks for; struck by the thread that owns the pin. */
final class Stroke extends SlicedWork {
    private final Laps laps;
    private volatile long micros;

    Stroke(Laps laps) {
        this.laps = laps;
    }

    @Override
    protected boolean slice() throws IOException {
        micros = laps.strike();
        return false;
    }

    boolean isTold() {
        return laps.areTold();
    }

    long micros() {
        return micros;
    }
}
