package io.spikelet.host.convert;

import io.spikelet.host.graph.Node;
import io.spikelet.model.Shape;
import java.util.Arrays;

/**
 * What a convolution's outputs weigh on its inputs. Every derivative that is not zero is spread over the inputs that its
 * output read; weights and sums are kept with the channels last, so that the innermost loop runs over neighbours.
 */
final class ConvolutionGradient {
    private final Node.Conv2d conv;
    private final Shape in;
    private final Shape out;
    private final int inputs;
    private final int kernel;

    /** (filters, kernel, channels of the group) */
    private final float[] weight;

    /** (height, width, channels) */
    private final float[] sums;

    ConvolutionGradient(Node.Conv2d conv, Shape in, Shape out) {
        this.conv = conv;
        this.in = in;
        this.out = out;
        int[] extents = conv.weight().shape();
        inputs = extents[1];
        kernel = extents[2] * extents[3];
        weight = new float[conv.weight().size()];
        for (int i = 0; i < weight.length; i++) {
            int filter = i / (inputs * kernel);
            int channel = i / kernel % inputs;
            weight[(filter * kernel + i % kernel) * inputs + channel] =
                    conv.weight().values()[i];
        }
        sums = new float[in.size()];
    }

    /**
     * @param by (filters, height, width) the loss by each output
     * @param into (channels, height, width) takes the loss by each input, added
     */
    void add(float[] by, float[] into) {
        Arrays.fill(sums, 0);
        for (int o = 0; o < by.length; o++) {
            if (by[o] != 0) {
                spread(o / out.area(), o % out.area() / out.width(), o % out.width(), by[o]);
            }
        }
        for (int i = 0; i < into.length; i++) {
            into[i] += sums[i % in.area() * in.channels() + i / in.area()];
        }
    }

    private void spread(int filter, int y, int x, float value) {
        int firstChannel = filter / (out.channels() / conv.groups()) * inputs;
        int columns = conv.weight().shape()[3];
        for (int k = 0; k < kernel; k++) {
            int row = y * conv.stride()[0] + k / columns * conv.dilation()[0] - conv.padding()[0];
            int column = x * conv.stride()[1] + k % columns * conv.dilation()[1] - conv.padding()[1];
            if (row >= 0 && row < in.height() && column >= 0 && column < in.width()) {
                add((filter * kernel + k) * inputs, (row * in.width() + column) * in.channels() + firstChannel, value);
            }
        }
    }

    private void add(int w, int i, float value) {
        for (int channel = 0; channel < inputs; channel++) {
            sums[i + channel] += weight[w + channel] * value;
        }
    }
}
