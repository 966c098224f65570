package io.spikelet.engine;

import io.spikelet.model.CurrentAdd;
import io.spikelet.model.Operation;
import io.spikelet.model.Shape;
import java.util.Arrays;

/** {@code out = roundHalfEven((Σ_k gain[k]·in_k + bias[k]) / 2^shift)}, summed in 64 bits: a residual stream (docs/equations.md, C1). */
final class CurrentAddKernel implements Kernel {
    private final int shift;
    private final StepTable[] gain;
    private final StepTable[] bias;
    private final boolean[] biasAtStart;
    private final Activity[] sources;
    private final Activity target;

    /** (size) 2^−shift LSBs. */
    private final long[] sum;

    CurrentAddKernel(CurrentAdd add, Shape shape, Activity[] sources, Activity target) {
        this.sources = sources;
        this.target = target;
        shift = add.shift();
        gain = new StepTable[sources.length];
        bias = new StepTable[sources.length];
        biasAtStart = new boolean[sources.length];
        for (int k = 0; k < sources.length; k++) {
            Operation.Drive drive = add.drives().get(k);
            gain[k] = new StepTable(drive.steps(), drive.gain(), shape);
            bias[k] = new StepTable(drive.steps(), drive.bias(), shape);
            biasAtStart[k] = drive.biasAtStart();
        }
        sum = new long[shape.size()];
    }

    @Override
    public void step(int t) {
        Arrays.fill(sum, 0);
        for (int k = 0; k < sources.length; k++) {
            int[] in = sources[k].value;
            int[] factor = gain[k].at(t);
            for (int n = 0; n < sum.length; n++) {
                sum[n] += (long) factor[n] * in[n];
            }
            if (t > 0 || biasAtStart[k]) {
                int[] offset = bias[k].at(t);
                for (int n = 0; n < sum.length; n++) {
                    sum[n] += offset[n];
                }
            }
        }
        for (int n = 0; n < sum.length; n++) {
            target.value[n] = (int) roundHalfEven(sum[n], shift);
        }
        target.index();
    }

    /** {@code value / 2^shift}, a tie to the even neighbour, so that a deep stream does not drift. */
    static long roundHalfEven(long value, int shift) {
        if (shift == 0) {
            return value;
        }
        long floor = value >> shift;
        long rest = value - (floor << shift);
        long half = 1L << shift - 1;
        return rest > half || rest == half && (floor & 1) != 0 ? floor + 1 : floor;
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
