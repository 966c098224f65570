package io.spikelet.host.reference;

import io.spikelet.host.graph.Node;
import io.spikelet.model.Shape;

/** The sum or the mean over each window, channel by channel; outside the input there are zeros. */
record PoolStep(Node.Pool2d pool, Shape in, Shape out, float[] arriving, float[] output) implements Step {
    @Override
    public void run() {
        for (int c = 0, o = 0; c < out.channels(); c++) {
            for (int y = 0; y < out.height(); y++) {
                for (int x = 0; x < out.width(); x++, o++) {
                    output[o] = pool.factor()
                            * window(
                                    c * in.area(),
                                    y * pool.stride()[0] - pool.padding()[0],
                                    x * pool.stride()[1] - pool.padding()[1]);
                }
            }
        }
    }

    private float window(int channel, int top, int left) {
        int bottom = Math.min(in.height(), top + pool.kernelSize()[0]);
        int right = Math.min(in.width(), left + pool.kernelSize()[1]);
        float sum = 0;
        for (int y = Math.max(0, top); y < bottom; y++) {
            for (int x = Math.max(0, left); x < right; x++) {
                sum += arriving[channel + y * in.width() + x];
            }
        }
        return sum;
    }
}
