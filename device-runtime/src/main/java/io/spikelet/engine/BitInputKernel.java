package io.spikelet.engine;

import io.spikelet.engine.gather.SpikeMap;

/** Packs bytes that are spikes themselves where only fast kernels read them, so that no value is ever written. */
final class BitInputKernel implements FrameKernel {
    private final SpikeMap target;

    /** Whether the first step's spikes serve all steps of a sample. */
    private final boolean constant;

    private byte[] frame;
    private int offset;

    BitInputKernel(SpikeMap target, boolean constant) {
        this.target = target;
        this.constant = constant;
    }

    @Override
    public void accept(byte[] bytes, int from) {
        frame = bytes;
        offset = from;
    }

    @Override
    public void step(int t) {
        if (t == 0 || !constant) {
            target.pack(frame, offset);
        }
    }

    @Override
    public void reset() {
        target.clear();
    }
}
