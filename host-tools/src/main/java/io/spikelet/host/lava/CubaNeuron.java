package io.spikelet.host.lava;

/**
 * The integers of Loihi's current-based neuron (docs/equations.md, D12). Each array holds one value, one a channel or
 * one a neuron.
 *
 * @param currentDecay {@code iDecay}, 0..4096; at 4096 nothing is kept
 * @param voltageDecay {@code vDecay}, 0..4096
 * @param threshold {@code vThMant}, 0..131071, in 64 LSBs of the membrane
 * @param bias −4096..4095, added to the membrane at every step, in 64 LSBs
 */
public record CubaNeuron(int[] currentDecay, int[] voltageDecay, int[] threshold, int[] bias) {
    /** A decay of all of it: 12 bits. */
    public static final int DECAY_UNIT = 1 << 12;

    static final int MAX_THRESHOLD = (1 << 17) - 1;
    static final int MIN_BIAS = -(1 << 12);
    static final int MAX_BIAS = (1 << 12) - 1;

    /** Whether the synaptic current is forgotten within each step, so that there is none to keep. */
    boolean keepsNoCurrent() {
        for (int decay : currentDecay) {
            if (decay != DECAY_UNIT) {
                return false;
            }
        }
        return true;
    }
}
