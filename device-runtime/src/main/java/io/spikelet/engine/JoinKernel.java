package io.spikelet.engine;

import io.spikelet.model.Join;

/** Joins spikes element by element, as SEW-ResNet does (docs/equations.md, J1). */
final class JoinKernel implements Kernel {
    private final Join.Kind kind;
    private final Activity[] sources;
    private final Activity target;

    JoinKernel(Join.Kind kind, Activity[] sources, Activity target) {
        this.kind = kind;
        this.sources = sources;
        this.target = target;
    }

    @Override
    public void step(int t) {
        switch (kind) {
            case ADD -> add();
            case AND -> and();
            case AND_NOT -> andNot();
        }
        target.index();
    }

    private void add() {
        int[] out = target.value;
        System.arraycopy(sources[0].value, 0, out, 0, out.length);
        for (int k = 1; k < sources.length; k++) {
            int[] in = sources[k].value;
            for (int n = 0; n < out.length; n++) {
                out[n] += in[n];
            }
        }
    }

    private void and() {
        int[] out = target.value;
        System.arraycopy(sources[0].value, 0, out, 0, out.length);
        for (int k = 1; k < sources.length; k++) {
            int[] in = sources[k].value;
            for (int n = 0; n < out.length; n++) {
                out[n] &= in[n];
            }
        }
    }

    /** {@code in₁ · (1 − in₀)} of bits. */
    private void andNot() {
        int[] out = target.value;
        int[] branch = sources[0].value;
        int[] identity = sources[1].value;
        for (int n = 0; n < out.length; n++) {
            out[n] = identity[n] & ~branch[n];
        }
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
