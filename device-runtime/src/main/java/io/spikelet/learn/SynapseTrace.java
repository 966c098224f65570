package io.spikelet.learn;

import io.spikelet.fixedpoint.Q15;
import java.util.Arrays;

/**
 * What a layer that learns multiplies its post factors with: leaking traces of what it reads, or the input itself (equation
 * L1). An edge that feeds back is read a step late, and so is its trace.
 */
final class SynapseTrace {
    /** A trace of 1.0 is 2^10. */
    static final int BITS = 10;

    /** (inputs) Q21.10. */
    final int[] trace;

    private final int[] source;

    /** (inputs) of the step before; null where the edge is not late. */
    private final int[] before;

    /** What stands for 1.0 in an input. */
    private final int one;

    /** Q1.15; 0 keeps nothing. */
    private final int leak;

    /**
     * @param source (inputs) the engine's own values
     * @param late whether the layer reads the step before
     */
    SynapseTrace(int[] source, boolean late, int one, int leak) {
        this.source = source;
        this.one = one;
        this.leak = leak;
        trace = new int[source.length];
        before = late ? new int[source.length] : null;
    }

    void beginSample() {
        Arrays.fill(trace, 0);
        if (before != null) {
            Arrays.fill(before, 0);
        }
    }

    /** {@code â ← λ·â + s} of what the layer read at this step. */
    void step() {
        int[] read = before == null ? source : before;
        for (int i = 0; i < trace.length; i++) {
            trace[i] = Q15.leak(leak, trace[i]) + Math.floorDiv((read[i] << BITS) + one / 2, one);
        }
        if (before != null) {
            System.arraycopy(source, 0, before, 0, before.length);
        }
    }

    /** The largest absolute trace after so many steps of inputs no larger than {@code maximum}. */
    long worst(int maximum, int timeSteps) {
        return worst((((long) maximum << BITS) + one / 2) / one + 1, leak, timeSteps);
    }

    /**
     * The largest sum that leaks and grows by no more than {@code most} a step; beyond 31 bits it is not followed.
     *
     * @param leak Q1.15
     */
    static long worst(long most, int leak, int timeSteps) {
        long worst = 0;
        for (int t = 0; t < timeSteps && worst < Integer.MAX_VALUE; t++) {
            worst = (leak * worst >> Q15.BITS) + most;
        }
        return worst;
    }
}
