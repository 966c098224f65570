package io.spikelet.host.reference;

import io.spikelet.host.graph.Node;
import io.spikelet.model.Shape;
import java.util.Arrays;

/**
 * A convolution that spreads every input that is not zero over the outputs it reaches, so that silent inputs cost
 * nothing.
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
    private final float[] weight;
    private final float[] bias;
    private final float[] arriving;
    private final float[] output;

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
        this.weight = conv.weight().values();
        this.bias = conv.bias() == null ? null : conv.bias().values();
        this.arriving = arriving;
        this.output = output;
    }

    @Override
    public void run() {
        Arrays.fill(output, 0);
        for (int c = 0, i = 0; c < in.channels(); c++) {
            for (int y = 0; y < in.height(); y++) {
                for (int x = 0; x < in.width(); x++, i++) {
                    if (arriving[i] != 0) {
                        spread(c, y, x, arriving[i]);
                    }
                }
            }
        }
        if (bias != null) {
            for (int o = 0; o < output.length; o++) {
                output[o] += bias[o / out.area()];
            }
        }
    }

    private void spread(int channel, int y, int x, float value) {
        int group = channel / groupInputs;
        int kernelArea = kernelHeight * kernelWidth;
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
                int w = (group * groupOutputs * groupInputs + channel % groupInputs) * kernelArea
                        + ky * kernelWidth
                        + kx;
                int o = group * groupOutputs * out.area() + outY * out.width() + outX;
                for (int filter = 0; filter < groupOutputs; filter++) {
                    output[o] += weight[w] * value;
                    w += groupInputs * kernelArea;
                    o += out.area();
                }
            }
        }
    }
}
