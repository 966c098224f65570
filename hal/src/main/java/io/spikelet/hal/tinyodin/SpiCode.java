package io.spikelet.hal.tinyodin;

/**
 * One SPI transaction: 40 bits, most significant first.
 *
 * <pre>
 * | R 1 | W 1 | command 2 | address 16 | nothing 4 | mask 8 | byte 8 |   a mask bit of 1 keeps the old bit
 * config   0 0 00  register
 * neuron   W/R 01  byte 8 | neuron 8
 * synapse  W/R 10  0 | byte 2 | pre 8 | post>>3 5      byte = post>>1 &amp; 3; the low nibble is the even post
 * </pre>
 */
public final class SpiCode {
    /** Of one transaction. */
    public static final int BYTES = 5;

    /** Registers; none can be read back, none has a value after power-up, RST leaves them as they are. */
    public static final int GATE_ACTIVITY = 0;

    public static final int OPEN_LOOP = 1;
    public static final int AER_SRC_CTRL_NNEUR = 2;
    public static final int MAX_NEUR = 3;

    private static final long READ = 1L << 39;
    private static final long WRITE = 1L << 38;
    private static final long NEURON = 1L << 36;
    private static final long SYNAPSE = 2L << 36;
    private static final int ADDRESS_SHIFT = 20;

    private SpiCode() {}

    public static long config(int register, int value) {
        return (long) register << ADDRESS_SHIFT | value & 0xff;
    }

    /** @param keep bits of 1 stay as they are */
    public static long writeNeuron(int neuron, int index, int keep, int value) {
        return WRITE | NEURON | neuronAddress(neuron, index) | data(keep, value);
    }

    public static long readNeuron(int neuron, int index) {
        return READ | NEURON | neuronAddress(neuron, index);
    }

    /** The weights from {@code pre} to the two neurons {@code post & ~1} (low nibble) and {@code post | 1}. */
    public static long writeSynapses(int pre, int post, int keep, int value) {
        return WRITE | SYNAPSE | synapseAddress(pre, post) | data(keep, value);
    }

    public static long readSynapses(int pre, int post) {
        return READ | SYNAPSE | synapseAddress(pre, post);
    }

    private static long neuronAddress(int neuron, int index) {
        return (long) (index << 8 | neuron) << ADDRESS_SHIFT;
    }

    private static long synapseAddress(int pre, int post) {
        return (long) ((post >> 1 & 3) << 13 | pre << 5 | post >> 3) << ADDRESS_SHIFT;
    }

    private static long data(int keep, int value) {
        return (keep & 0xff) << 8 | value & 0xff;
    }
}
