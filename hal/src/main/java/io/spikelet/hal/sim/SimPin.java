package io.spikelet.hal.sim;

import io.spikelet.hal.board.InputPin;
import io.spikelet.hal.board.OutputPin;

/** A line that remembers its level and how often it rose. Whoever drives it and whoever reads it share it. */
public final class SimPin implements OutputPin, InputPin {
    private final String name;
    private boolean high;
    private long rises;

    public SimPin(String name) {
        this.name = name;
    }

    @Override
    public synchronized void set(boolean high) {
        rises += high && !this.high ? 1 : 0;
        this.high = high;
    }

    @Override
    public synchronized boolean isHigh() {
        return high;
    }

    /** How often it went from low to high. */
    public synchronized long rises() {
        return rises;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void close() {
        set(false);
    }
}
