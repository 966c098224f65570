package io.spikelet.engine.gather;

/** Turns bytes that are spikes into bits. */
public interface Packer {
    /**
     * Takes dense bytes, channels first; everything but 0 is a spike.
     *
     * @param frame holds a byte for each neuron from {@code offset}
     * @param into takes a bit for each
     */
    void pack(byte[] frame, int offset, SpikeMap into);

    /** Plain Java, eight bytes at a time. */
    enum Plain implements Packer {
        PACKER;

        @Override
        public void pack(byte[] frame, int offset, SpikeMap into) {
            into.pack(frame, offset);
        }
    }
}
