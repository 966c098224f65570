package io.spikelet.engine;

import io.spikelet.model.Operation;
import io.spikelet.model.Shape;

/**
 * A 2-D convolution, event-driven: each active input is scattered to the outputs whose window holds it.
 */
final class ConvKernel implements Kernel {
    private final Operation.Conv2d conv;
    private final Shape from;
    private final Shape to;
    private final Activity source;
    private final Activity target;
    private final boolean constant;

    /** Filters of one group. */
    private final int filters;

    /**
     * (inChannels, kernelHeight, kernelWidth, filters) int8: one event and one kernel tap read one contiguous run.
     */
    private final byte[] weights;

    private long operations;

    ConvKernel(Operation.Conv2d conv, Shape from, Shape to, Activity source, Activity target, boolean constant) {
        this.conv = conv;
        this.from = from;
        this.to = to;
        this.source = source;
        this.target = target;
        this.constant = constant;
        filters = conv.outChannels() / conv.groups();
        weights = transpose(conv, filters);
    }

    private static byte[] transpose(Operation.Conv2d conv, int filters) {
        byte[] transposed = new byte[conv.weights().length];
        int depth = conv.inChannels() / conv.groups();
        int taps = conv.kernelHeight() * conv.kernelWidth();
        for (int o = 0; o < conv.outChannels(); o++) {
            int group = o / filters;
            for (int d = 0; d < depth; d++) {
                for (int tap = 0; tap < taps; tap++) {
                    int channel = group * depth + d;
                    transposed[(channel * taps + tap) * filters + o % filters] =
                            conv.weights()[(o * depth + d) * taps + tap];
                }
            }
        }
        return transposed;
    }

    @Override
    public void step(int t) {
        operations = 0;
        if (constant && t > 0) {
            return;
        }
        java.util.Arrays.fill(target.value, 0);
        int area = from.area();
        int depth = conv.inChannels() / conv.groups();
        for (int k = 0; k < source.activeCount; k++) {
            int i = source.active[k];
            int channel = i / area;
            int pixel = i - channel * area;
            scatter(channel, channel / depth * filters, pixel / from.width(), pixel % from.width(), source.value[i]);
        }
    }

    private void scatter(int channel, int firstFilter, int y, int x, int factor) {
        int taps = conv.kernelHeight() * conv.kernelWidth();
        int plane = to.area();
        int[] accumulator = target.value;
        for (int ky = 0; ky < conv.kernelHeight(); ky++) {
            int spanY = y + conv.paddingY() - ky * conv.dilationY();
            int outY = spanY / conv.strideY();
            if (spanY < 0 || outY * conv.strideY() != spanY || outY >= to.height()) {
                continue;
            }
            for (int kx = 0; kx < conv.kernelWidth(); kx++) {
                int spanX = x + conv.paddingX() - kx * conv.dilationX();
                int outX = spanX / conv.strideX();
                if (spanX < 0 || outX * conv.strideX() != spanX || outX >= to.width()) {
                    continue;
                }
                int row = (channel * taps + ky * conv.kernelWidth() + kx) * filters;
                int out = firstFilter * plane + outY * to.width() + outX;
                for (int f = 0; f < filters; f++) {
                    accumulator[out + f * plane] += factor * weights[row + f];
                }
                operations += filters;
            }
        }
    }

    @Override
    public void reset() {
        target.clear();
    }

    @Override
    public long operations() {
        return operations;
    }
}
