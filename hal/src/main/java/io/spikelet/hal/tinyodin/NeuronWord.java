package io.spikelet.hal.tinyodin;

/**
 * A neuron's memory.
 *
 * <pre>
 * | disable 1 | leak 7 | threshold 12 | core 12 |
 * </pre>
 *
 * @param core the membrane, −2048..2047
 * @param threshold 0..4095; from {@link #NEVER} on it is beyond every membrane
 * @param leak 0..127
 * @param disabled whether its spikes are suppressed; it still integrates, fires and starts again from 0
 */
public record NeuronWord(int core, int threshold, int leak, boolean disabled) {
    /** The lowest threshold that no membrane reaches; one bit of its own. */
    public static final int NEVER = 0x800;

    public static final int LEAST_CORE = -2048;
    public static final int MOST_CORE = 2047;
    public static final int MOST_LEAK = 127;

    public NeuronWord {
        if (core < LEAST_CORE || core > MOST_CORE || threshold < 0 || threshold > 0xfff) {
            throw new IllegalArgumentException(
                    "core is -2048..2047 and threshold 0..4095: core=" + core + " threshold=" + threshold);
        }
        if (leak < 0 || leak > MOST_LEAK) {
            throw new IllegalArgumentException("leak is 0..127: leak=" + leak);
        }
    }

    public static NeuronWord decode(int word) {
        return new NeuronWord(word << 20 >> 20, word >>> 12 & 0xfff, word >>> 24 & 0x7f, word < 0);
    }

    public int encode() {
        return core & 0xfff | threshold << 12 | leak << 24 | (disabled ? 1 << 31 : 0);
    }
}
