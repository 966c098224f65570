package io.spikelet.engine.gather;

import io.spikelet.model.Operation;
import io.spikelet.model.Shape;

/**
 * Where each output of a layer looks: a convolution's window, or the whole extent for a dense layer. Row
 * {@code (kx·kernelHeight + ky)·channels + c} of a layer's weights belongs to column kx, line ky and channel c of the
 * window, so that the rows of one window column lie side by side.
 */
record Window(
        Shape from,
        int outHeight,
        int outWidth,
        int kernelHeight,
        int kernelWidth,
        int strideY,
        int strideX,
        int paddingY,
        int paddingX,
        int dilationY) {

    static Window of(Operation.Conv2d conv, Shape from, Shape to) {
        return new Window(
                from,
                to.height(),
                to.width(),
                conv.kernelHeight(),
                conv.kernelWidth(),
                conv.strideY(),
                conv.strideX(),
                conv.paddingY(),
                conv.paddingX(),
                conv.dilationY());
    }

    static Window whole(Shape from) {
        return new Window(from, 1, 1, from.height(), from.width(), 1, 1, 0, 0, 1);
    }

    int rows() {
        return kernelWidth * kernelHeight * from.channels();
    }

    /** Rows of one window column. */
    int columnRows() {
        return kernelHeight * from.channels();
    }

    int positions() {
        return outHeight * outWidth;
    }

    /** The first input column under output column x; negative where padding comes first. */
    int firstColumn(int x) {
        return x * strideX - paddingX;
    }

    /** The input line under the first line of the window of output line y. */
    int firstLine(int y) {
        return y * strideY - paddingY;
    }

    /** From the window's first line to its last one. */
    int lineSpan() {
        return (kernelHeight - 1) * dilationY;
    }

    /** The input line under line ky of output line y; outside of the input where padding is. */
    int line(int y, int ky) {
        return y * strideY - paddingY + ky * dilationY;
    }

    /** Entries of the lists of all output lines at most, each input counted as often as lines see it. */
    long entries() {
        return (long) outHeight * kernelHeight * from.width() * from.channels();
    }

    /** How many output columns look at an input column. */
    int outputsOver(int column) {
        int last = Math.min(outWidth - 1, Math.floorDiv(column + paddingX, strideX));
        int first = Math.max(0, Math.ceilDiv(column + paddingX - kernelWidth + 1, strideX));
        return Math.max(0, last - first + 1);
    }
}
