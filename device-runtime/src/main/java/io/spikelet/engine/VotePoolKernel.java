package io.spikelet.engine;

/** {@code out[c] = Σ_{v < voters} in[c·voters + v]} (docs/equations.md, P5). */
final class VotePoolKernel implements Kernel {
    private final int voters;
    private final Activity source;
    private final Activity target;

    VotePoolKernel(int voters, Activity source, Activity target) {
        this.voters = voters;
        this.source = source;
        this.target = target;
    }

    @Override
    public void step(int t) {
        java.util.Arrays.fill(target.value, 0);
        for (int k = 0; k < source.activeCount; k++) {
            int i = source.active[k];
            target.value[i / voters] += source.value[i];
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
