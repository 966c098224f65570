package io.spikelet.engine;

import io.spikelet.engine.gather.Family;
import io.spikelet.engine.gather.Packer;
import io.spikelet.engine.gather.SpikeMap;

/** Packs bytes that are spikes themselves where only fast kernels read them, so that no value is ever written. */
final class BitInputKernel implements FrameKernel, FastKernel {
    private final SpikeMap target;

    /** Whether the first step's spikes serve all steps of a sample. */
    private final boolean constant;

    private Packer packer;

    /** What to change to; written before the volatile write of whoever asks for the change. */
    private Packer next;

    private byte[] frame;
    private int offset;

    BitInputKernel(SpikeMap target, boolean constant) {
        this.target = target;
        this.constant = constant;
    }

    @Override
    public void use(Family family) {
        packer = family.packer();
    }

    @Override
    public void adopt(FastKernel warm) {
        next = ((BitInputKernel) warm).packer;
    }

    @Override
    public void change() {
        packer = next;
        next = null;
    }

    @Override
    public void accept(byte[] bytes, int from) {
        frame = bytes;
        offset = from;
    }

    @Override
    public void step(int t) {
        if (t == 0 || !constant) {
            packer.pack(frame, offset, target);
        }
    }

    @Override
    public void reset() {
        target.clear();
    }

    @Override
    public String loops() {
        return packer.getClass().getSimpleName() + " pack 1";
    }

    @Override
    public long weightBytes() {
        return 0;
    }
}
