package io.spikelet.host.onnx;

import io.spikelet.host.graph.Node;
import io.spikelet.host.graph.Tensor;
import io.spikelet.model.Shape;

/**
 * What a value a channel, added before a convolution that pads, adds behind it: {@code W · offset} over the taps that lie
 * inside, since the zeros of the padding come behind the addition. It differs along the border, so each neuron has its own.
 */
final class PaddedBias {
    private PaddedBias() {}

    /**
     * The convolution's own bias, and what the offsets add; in double, rounded once.
     *
     * @param offset (in channels)
     * @param in what the convolution reads
     * @param out what it gives
     * @return (out channels, height, width)
     */
    static Tensor of(Node.Conv2d conv, double[] offset, Shape in, Shape out) {
        int[] shape = conv.weight().shape();
        float[] values = new float[out.size()];
        double[] sums = new double[(shape[2] + 1) * (shape[3] + 1)];
        for (int o = 0; o < shape[0]; o++) {
            sumsUpTo(conv, o, offset, sums);
            double own = conv.bias() == null ? 0 : conv.bias().at(o);
            for (int y = 0; y < out.height(); y++) {
                int[] rows = taps(y, 0, conv, in.height());
                for (int x = 0; x < out.width(); x++) {
                    int[] columns = taps(x, 1, conv, in.width());
                    int wide = shape[3] + 1;
                    double inside = sums[rows[1] * wide + columns[1]]
                            - sums[rows[0] * wide + columns[1]]
                            - sums[rows[1] * wide + columns[0]]
                            + sums[rows[0] * wide + columns[0]];
                    values[(o * out.height() + y) * out.width() + x] = (float) (own + inside);
                }
            }
        }
        return Tensor.of(values, out.channels(), out.height(), out.width());
    }

    /** For every (ky, kx) the sum of weight times offset over all taps above and left of it. */
    private static void sumsUpTo(Node.Conv2d conv, int o, double[] offset, double[] sums) {
        int[] shape = conv.weight().shape();
        int firstChannel = o / (shape[0] / conv.groups()) * shape[1];
        int wide = shape[3] + 1;
        for (int ky = 0; ky < shape[2]; ky++) {
            double row = 0;
            for (int kx = 0; kx < shape[3]; kx++) {
                for (int c = 0; c < shape[1]; c++) {
                    int tap = ((o * shape[1] + c) * shape[2] + ky) * shape[3] + kx;
                    row += conv.weight().values()[tap] * offset[firstChannel + c];
                }
                sums[(ky + 1) * wide + kx + 1] = sums[ky * wide + kx + 1] + row;
            }
        }
    }

    /** {first, behind the last} of the taps that lie inside. */
    private static int[] taps(int place, int axis, Node.Conv2d conv, int extent) {
        long start = (long) place * conv.stride()[axis] - conv.padding()[axis];
        int dilation = conv.dilation()[axis];
        int kernel = conv.weight().shape()[2 + axis];
        long first = start >= 0 ? 0 : (-start + dilation - 1) / dilation;
        long behind = start >= extent ? 0 : (extent - start + dilation - 1) / dilation;
        int last = (int) Math.min(kernel, behind);
        return new int[] {(int) Math.min(first, last), last};
    }
}
