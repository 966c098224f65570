package io.spikelet.host.reference;

import io.spikelet.host.graph.Node;
import io.spikelet.model.Shape;
import java.util.Arrays;

/**
 * A convolution that spreads every input that is not zero over the outputs it reaches, so that silent inputs cost
 * nothing. Sums and weights are kept channels last, since an input reaches all filters of its group at once: the
 * innermost loop then runs over neighbours.
 *
 * <p>Sums of float32 depend on their order where a membrane all but meets its threshold. Channel by channel, column by column
 * from the bottom up, all 1,000 recorded counts of the NIR paper's network come out; by rows one of them has a spike less.
 */
final class ConvolutionStep implements Step {
    private final Shape in;
    private final Shape out;
    private final int[] stride;
    private final int[] padding;
    private final int[] dilation;
    private final int groupInputs;
    private final int groupOutputs;
    private final int kernelHeight;
    private final int kernelWidth;
    /** (in channels, kernel rows, kernel columns, filters of the group) */
    private final float[] weight;

    /** (filters), or (filters, height, width) */
    private final float[] bias;

    private final boolean isBiasPerNeuron;
    private final float[] arriving;
    private final float[] output;
    /** (height, width, filters) */
    private final float[] sums;

    ConvolutionStep(Node.Conv2d conv, Shape in, Shape out, float[] arriving, float[] output) {
        this.in = in;
        this.out = out;
        this.stride = conv.stride();
        this.padding = conv.padding();
        this.dilation = conv.dilation();
        this.groupInputs = in.channels() / conv.groups();
        this.groupOutputs = out.channels() / conv.groups();
        this.kernelHeight = conv.weight().shape()[2];
        this.kernelWidth = conv.weight().shape()[3];
        this.weight = filtersLast(conv.weight().values());
        this.bias =
                conv.bias() == null ? new float[out.channels()] : conv.bias().values();
        this.isBiasPerNeuron = conv.bias() != null && conv.bias().rank() == 3;
        this.arriving = arriving;
        this.output = output;
        this.sums = new float[output.length];
    }

    private float[] filtersLast(float[] filtersFirst) {
        float[] last = new float[filtersFirst.length];
        int row = groupInputs * kernelHeight * kernelWidth;
        for (int c = 0; c < in.channels(); c++) {
            int group = c / groupInputs;
            for (int k = 0; k < kernelHeight * kernelWidth; k++) {
                int from = c % groupInputs * kernelHeight * kernelWidth + k;
                int to = (c * kernelHeight * kernelWidth + k) * groupOutputs;
                for (int filter = 0; filter < groupOutputs; filter++) {
                    last[to + filter] = filtersFirst[(group * groupOutputs + filter) * row + from];
                }
            }
        }
        return last;
    }

    @Override
    public void run() {
        Arrays.fill(sums, 0);
        for (int c = 0; c < in.channels(); c++) {
            for (int x = 0; x < in.width(); x++) {
                for (int y = in.height() - 1; y >= 0; y--) {
                    float value = arriving[(c * in.height() + y) * in.width() + x];
                    if (value != 0) {
                        spread(c, y, x, value);
                    }
                }
            }
        }
        for (int filter = 0, o = 0; filter < out.channels(); filter++) {
            for (int place = 0; place < out.area(); place++, o++) {
                output[o] = sums[place * out.channels() + filter] + bias[isBiasPerNeuron ? o : filter];
            }
        }
    }

    private void spread(int channel, int y, int x, float value) {
        int firstFilter = channel / groupInputs * groupOutputs;
        for (int ky = 0; ky < kernelHeight; ky++) {
            int top = y + padding[0] - ky * dilation[0];
            int outY = top / stride[0];
            if (top < 0 || top % stride[0] != 0 || outY >= out.height()) {
                continue;
            }
            for (int kx = 0; kx < kernelWidth; kx++) {
                int left = x + padding[1] - kx * dilation[1];
                int outX = left / stride[1];
                if (left < 0 || left % stride[1] != 0 || outX >= out.width()) {
                    continue;
                }
                add(
                        ((channel * kernelHeight + ky) * kernelWidth + kx) * groupOutputs,
                        (outY * out.width() + outX) * out.channels() + firstFilter,
                        value);
            }
        }
    }

    private void add(int w, int o, float value) {
        for (int filter = 0; filter < groupOutputs; filter++) {
            sums[o + filter] += weight[w + filter] * value;
        }
    }
}
