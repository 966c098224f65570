package io.spikelet.host.reference;

import io.spikelet.host.graph.Node;
import io.spikelet.model.Shape;

/**
 * The sum, the mean or the largest value of each window, channel by channel. Outside the input there are zeros for sums and
 * means, and nothing for a largest value.
 */
record PoolStep(Node.Pool2d pool, Shape in, Shape out, float[] arriving, float[] output) implements Step {
    @Override
    public void run() {
        boolean isMaximum = pool.isMaximum();
        for (int c = 0, o = 0; c < out.channels(); c++) {
            for (int y = 0; y < out.height(); y++) {
                for (int x = 0; x < out.width(); x++, o++) {
                    int top = y * pool.stride()[0] - pool.padding()[0];
                    int left = x * pool.stride()[1] - pool.padding()[1];
                    output[o] = isMaximum ? largest(c, top, left) : pool.factor() * sum(c, top, left);
                }
            }
        }
    }

    private float sum(int channel, int top, int left) {
        int bottom = Math.min(in.height(), top + pool.kernelSize()[0]);
        int right = Math.min(in.width(), left + pool.kernelSize()[1]);
        float sum = 0;
        for (int y = Math.max(0, top); y < bottom; y++) {
            for (int x = Math.max(0, left); x < right; x++) {
                sum += arriving[channel * in.area() + y * in.width() + x];
            }
        }
        return sum;
    }

    private float largest(int channel, int top, int left) {
        int bottom = Math.min(in.height(), top + pool.kernelSize()[0]);
        int right = Math.min(in.width(), left + pool.kernelSize()[1]);
        float largest = Float.NEGATIVE_INFINITY;
        for (int y = Math.max(0, top); y < bottom; y++) {
            for (int x = Math.max(0, left); x < right; x++) {
                largest = Math.max(largest, arriving[channel * in.area() + y * in.width() + x]);
            }
        }
        return largest;
    }
}
