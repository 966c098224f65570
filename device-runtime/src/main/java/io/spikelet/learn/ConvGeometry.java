package io.spikelet.learn;

import io.spikelet.model.Operation;
import io.spikelet.model.Shape;

/**
 * Which weights join which inputs to which outputs. A row of weights is one input channel through one kernel tap, to the
 * filters of its group; a dense layer is a convolution of one pixel, whose rows are its inputs.
 *
 * @param inChannels input channels
 * @param from extent of one input plane
 * @param outChannels filters in all
 * @param to extent of one output plane
 */
record ConvGeometry(
        int inChannels,
        Shape from,
        int outChannels,
        Shape to,
        int kernelHeight,
        int kernelWidth,
        int strideY,
        int strideX,
        int paddingY,
        int paddingX,
        int dilationY,
        int dilationX,
        int groups) {

    static ConvGeometry of(Operation operation, Shape from, Shape to) {
        if (operation instanceof Operation.Dense dense) {
            Shape pixel = new Shape(1, 1, 1);
            return new ConvGeometry(dense.inputs(), pixel, dense.outputs(), pixel, 1, 1, 1, 1, 0, 0, 1, 1, 1);
        }
        Operation.Conv2d conv = (Operation.Conv2d) operation;
        return new ConvGeometry(
                conv.inChannels(),
                from,
                conv.outChannels(),
                to,
                conv.kernelHeight(),
                conv.kernelWidth(),
                conv.strideY(),
                conv.strideX(),
                conv.paddingY(),
                conv.paddingX(),
                conv.dilationY(),
                conv.dilationX(),
                conv.groups());
    }

    int taps() {
        return kernelHeight * kernelWidth;
    }

    int rows() {
        return inChannels * taps();
    }

    /** Filters of one group: weights of a row. */
    int filters() {
        return outChannels / groups;
    }

    /** The first filter that reads an input channel. */
    int firstFilter(int channel) {
        return channel / (inChannels / groups) * filters();
    }

    int inputs() {
        return inChannels * from.area();
    }

    /** Positions of the output plane. */
    int positions() {
        return to.area();
    }

    /** The input pixel that a tap brings to an output pixel; −1 in the padding. */
    int pixel(int tap, int position) {
        int y = position / to.width() * strideY - paddingY + tap / kernelWidth * dilationY;
        int x = position % to.width() * strideX - paddingX + tap % kernelWidth * dilationX;
        return y < 0 || x < 0 || y >= from.height() || x >= from.width() ? -1 : y * from.width() + x;
    }

    /** Where a weight lies in the image: (outputs, inputs) of a dense layer, (filters, channels of a group, taps) else. */
    int inImage(int weight) {
        int f = weight % filters();
        int row = weight / filters();
        int channel = row / taps();
        int depth = inChannels / groups;
        return ((firstFilter(channel) + f) * depth + channel % depth) * taps() + row % taps();
    }

    /** Weights in the order of the image. */
    byte[] inImageOrder(byte[] rows) {
        byte[] ordered = new byte[rows.length];
        for (int at = 0; at < rows.length; at++) {
            ordered[inImage(at)] = rows[at];
        }
        return ordered;
    }
}
