package io.spikelet.model;

/**
 * A sample with the answer that the reference kernels gave to it. A board serves a network only when its own kernels give
 * the same answer, bit for bit.
 *
 * @param sample one sample's unsigned bytes, {@link SpikingNetwork#sampleBytes}
 * @param spikes (steps, outputs) bits, most significant bit first, padded to a byte; empty where the output gives
 *     potentials
 * @param scores (classes) the readout's scores
 * @param totalSpikes spikes of all layers of neurons over the steps that were run, 0 or more
 */
public record SelfTest(byte[] sample, byte[] spikes, int[] scores, long totalSpikes) {
    /** The most self-tests of a network. */
    public static final int MAX_COUNT = 16;

    public SelfTest {
        Requirement.that(totalSpikes >= 0, "totalSpikes must be 0 or more: totalSpikes=" + totalSpikes);
    }
}
