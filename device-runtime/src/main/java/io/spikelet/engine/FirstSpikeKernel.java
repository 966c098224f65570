package io.spikelet.engine;

import io.spikelet.engine.rows.NeuronArithmetic;
import io.spikelet.model.FirstSpike;
import io.spikelet.model.Shape;

/**
 * A neuron that integrates for a whole window and then fires at most once, at the first step of its own window at which
 * the potential reaches the falling threshold (CAT, DAC 2022, arXiv 2208.04494). The edges' times say all of the window
 * before, so one step of the engine computes both phases (docs/equations.md, N5).
 */
final class FirstSpikeKernel implements Kernel {
    private final int[] threshold;
    private final DriveSum drives;
    private final Activity target;

    FirstSpikeKernel(FirstSpike neuron, Shape shape, Activity[] sources, Activity target) {
        this.target = target;
        threshold = neuron.threshold();
        drives = new DriveSum(neuron.drives(), shape, sources);
    }

    @Override
    public void step(int t) {
        drives.gather(t, NeuronArithmetic.plain());
        for (int n = 0; n < drives.sum.length; n++) {
            target.value[n] = timeOf(drives.sum[n]);
        }
        target.index();
    }

    private int timeOf(int potential) {
        int time = 0;
        while (time < threshold.length && potential < threshold[time]) {
            time++;
        }
        return time;
    }

    @Override
    public void reset() {
        target.clear();
    }

    @Override
    public long operations() {
        return 0;
    }

    @Override
    public long spikes() {
        return target.activeCount;
    }
}
