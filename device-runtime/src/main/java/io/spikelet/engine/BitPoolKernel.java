package io.spikelet.engine;

import io.spikelet.engine.gather.BitPool;
import io.spikelet.engine.gather.SpikeMap;

/** An OR or AND pool of spikes that a stage gives to others too. */
final class BitPoolKernel implements Kernel {
    private final BitPool pool;
    private final SpikeMap out;

    /** Null where only fast kernels read the spikes. */
    private final Activity target;

    BitPoolKernel(BitPool pool, SpikeMap out, Activity target) {
        this.pool = pool;
        this.out = out;
        this.target = target;
    }

    @Override
    public void step(int t) {
        pool.pool();
        if (target != null) {
            out.unpack(target.value);
            target.index();
        }
    }

    @Override
    public void reset() {
        out.clear();
        if (target != null) {
            target.clear();
        }
    }

    @Override
    public long operations() {
        return 0;
    }
}
