package io.spikelet.learn;

import io.spikelet.fixedpoint.Q15;
import java.util.Arrays;

/**
 * The eligibility of each synapse of a dense layer, {@code ē ← κ·ē + ψ·â} (equation L12; Bellec et al., A solution to the
 * learning dilemma for recurrent networks of spiking neurons, Nature Communications 11, 2020).
 */
final class Eligibilities {
    /** An eligibility of 1.0 is 2^14. */
    static final int BITS = 14;

    /** (inputs, outputs) Q17.14. */
    final int[] value;

    /** κ, Q1.15. */
    private final int decay;

    Eligibilities(int size, int decay) {
        value = new int[size];
        this.decay = decay;
    }

    void beginSample() {
        Arrays.fill(value, 0);
    }

    /**
     * @param trace (inputs) Q21.10
     * @param slope (outputs) Q1.15
     */
    void step(int[] trace, int[] slope) {
        int shift = Q15.BITS + SynapseTrace.BITS - BITS;
        for (int i = 0; i < trace.length; i++) {
            int row = i * slope.length;
            long presynaptic = trace[i];
            for (int o = 0; o < slope.length; o++) {
                value[row + o] =
                        Q15.leak(decay, value[row + o]) + (int) (presynaptic * slope[o] + (1 << shift - 1) >> shift);
            }
        }
    }

    /** The largest absolute value that traces no larger than {@code trace} can make. */
    long worst(long trace, int timeSteps) {
        return SynapseTrace.worst((trace << BITS - SynapseTrace.BITS) + 1, decay, timeSteps);
    }
}
