package io.spikelet.engine;

import io.spikelet.model.Operation;
import io.spikelet.model.Shape;

/**
 * A 2-D convolution, event-driven: each active input is scattered to the outputs whose window holds it. A 1-D one has
 * height 1 (docs/equations.md, W1).
 */
abstract class ConvKernel implements Kernel {
    private final Operation.Conv2d conv;
    private final Shape from;
    private final Shape to;
    private final Activity source;
    private final Activity target;

    /** Whether the source never changes within a sample, so that the first step's result serves all. */
    private final boolean constant;

    /** Filters of one group. */
    final int filters;

    /** (outChannels, height, width) */
    final int[] accumulator;

    /** Values of one output channel. */
    final int plane;

    /**
     * (inChannels, kernelHeight, kernelWidth, filters) codes: one event and one kernel tap read one contiguous run.
     */
    final byte[] weights;

    private long operations;

    private ConvKernel(
            Operation.Conv2d conv, Shape from, Shape to, Activity source, Activity target, boolean constant) {
        this.conv = conv;
        this.from = from;
        this.to = to;
        this.source = source;
        this.target = target;
        this.constant = constant;
        filters = conv.outChannels() / conv.groups();
        accumulator = target.value;
        plane = to.area();
        weights = transpose(conv, filters);
    }

    /** For weights of any kind whose codes are the integers themselves. */
    static ConvKernel ofIntegers(
            Operation.Conv2d conv, Shape from, Shape to, Activity source, Activity target, boolean constant) {
        return new ConvKernel(conv, from, to, source, target, constant) {
            @Override
            void add(int out, int row, int input) {
                for (int f = 0; f < filters; f++) {
                    accumulator[out + f * plane] += input * weights[row + f];
                }
            }
        };
    }

    /** For logarithmic weights, reading numbers or spike times (docs/equations.md, W2 and W3). */
    static ConvKernel ofLogarithms(
            Operation.Conv2d conv,
            LogProducts products,
            Shape from,
            Shape to,
            Activity source,
            Activity target,
            boolean constant) {
        return new ConvKernel(conv, from, to, source, target, constant) {
            @Override
            void add(int out, int row, int input) {
                int[] product = products.of(input);
                for (int f = 0; f < filters; f++) {
                    accumulator[out + f * plane] += product[weights[row + f]];
                }
            }
        };
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

    /**
     * Adds one input through one kernel tap to all filters of its group.
     *
     * @param out index of the first filter's output value; the others follow each a plane later
     * @param row where the tap's run of weights starts
     */
    abstract void add(int out, int row, int input);

    @Override
    public void step(int t) {
        operations = 0;
        if (constant && t > 0) {
            return;
        }
        java.util.Arrays.fill(accumulator, 0);
        int area = from.area();
        int depth = conv.inChannels() / conv.groups();
        for (int k = 0; k < source.activeCount; k++) {
            int i = source.active[k];
            int channel = i / area;
            int pixel = i - channel * area;
            scatter(channel, channel / depth * filters, pixel / from.width(), pixel % from.width(), source.value[i]);
        }
    }

    private void scatter(int channel, int firstFilter, int y, int x, int input) {
        int taps = conv.kernelHeight() * conv.kernelWidth();
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
                add(firstFilter * plane + outY * to.width() + outX, row, input);
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
