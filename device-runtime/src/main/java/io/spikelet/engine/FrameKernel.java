package io.spikelet.engine;

/** The kernel of the input layer: it reads the frame that the caller gave. */
interface FrameKernel extends Kernel {
    /** Says where the frame of the next step is. */
    void accept(byte[] bytes, int from);

    @Override
    default long operations() {
        return 0;
    }
}
