package io.spikelet.engine;

import io.spikelet.model.Encoder;

/** Encodes the frame that the caller gave; refuses nothing, since the classifier checked the sample. */
final class InputKernel implements FrameKernel {
    private final StepEncoder encoder;
    private final Activity target;

    /** Whether the first step's values serve all steps of a sample, so that they are made once. */
    private final boolean constant;

    private byte[] frame;
    private int offset;

    InputKernel(Encoder encoder, Activity target) {
        this.encoder = StepEncoder.of(encoder);
        this.target = target;
        constant = encoder.isConstant();
    }

    @Override
    public void accept(byte[] bytes, int from) {
        frame = bytes;
        offset = from;
    }

    @Override
    public void step(int t) {
        if (t == 0 || !constant) {
            encoder.encode(frame, offset, t, target.value);
            target.index();
        }
    }

    @Override
    public void reset() {
        target.clear();
    }
}
