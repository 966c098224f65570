package io.spikelet.engine;

import io.spikelet.model.Pool2d;

/**
 * The largest value of each window, which is OR on bits and the strongest on currents; or the smallest, which is AND on
 * bits and the earliest on spike times.
 */
final class ExtremePoolKernel implements Kernel {
    private final PoolWindows windows;
    private final Activity source;
    private final Activity target;

    ExtremePoolKernel(PoolWindows windows, Activity source, Activity target) {
        this.windows = windows;
        this.source = source;
        this.target = target;
    }

    @Override
    public void step(int t) {
        if (windows.pool().kind() == Pool2d.Kind.MAX) {
            windows.largest(source.value, target.value);
        } else {
            windows.smallest(source.value, target.value);
        }
        target.index();
    }

    @Override
    public void reset() {
        target.clear();
    }

    @Override
    public long operations() {
        return 0;
    }
}
