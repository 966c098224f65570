package io.spikelet.engine;

import java.util.Arrays;

/**
 * LIPool (SpiCalib, arXiv 2207.02702): {@code out = max over the window of S − O}, S what each input gave so far and O
 * what the window gave so far. So {@code Σ_t out = max Σ_t in}, whatever overlaps and whatever is negative (docs/equations.md,
 * P4).
 */
final class LossFreePoolKernel implements Kernel {
    private final PoolWindows windows;
    private final Activity source;
    private final Activity target;

    /** (inputs) S. */
    private final int[] taken;

    /** (outputs) O. */
    private final int[] given;

    /** (outputs) the largest S of each window. */
    private final int[] largest;

    LossFreePoolKernel(PoolWindows windows, Activity source, Activity target) {
        this.windows = windows;
        this.source = source;
        this.target = target;
        taken = new int[source.value.length];
        given = new int[target.value.length];
        largest = new int[target.value.length];
    }

    @Override
    public void step(int t) {
        for (int k = 0; k < source.activeCount; k++) {
            int i = source.active[k];
            taken[i] += source.value[i];
        }
        windows.largest(taken, largest);
        for (int o = 0; o < given.length; o++) {
            target.value[o] = largest[o] - given[o];
            given[o] = largest[o];
        }
        target.index();
    }

    @Override
    public void reset() {
        Arrays.fill(taken, 0);
        Arrays.fill(given, 0);
        target.clear();
    }

    @Override
    public long operations() {
        return 0;
    }
}
