package io.spikelet.host.onnx;

import io.spikelet.host.graph.ImportException;
import io.spikelet.model.Shape;
import java.util.Arrays;

/**
 * How a kernel slides along one axis. A file may pad both ends differently, the graph may not: where the surplus at the
 * end is reached by no window it is dropped, and a convolution's kernel may get zeros instead.
 *
 * @param extent values along the axis
 * @param kernel values of the kernel
 * @param stride from window to window
 * @param dilation from value to value of a kernel
 * @param begin padding before the first value
 * @param end padding behind the last
 */
record Window(int extent, int kernel, int stride, int dilation, int begin, int end) {

    /**
     * Reads how a node's kernel slides over an activation; {y, x}, the former trivial where the node has one dimension.
     *
     * @param spatial 1 or 2 dimensions
     * @param kernel (spatial)
     */
    static Window[] of(OnnxNode node, Activation read, int spatial, int[] kernel) throws ImportException {
        int[] strides = node.extents("strides", spatial, 1);
        int[] dilations = node.extents("dilations", spatial, 1);
        int[] pads = node.extents("pads", 2 * spatial, 0);
        String automatic = node.text("auto_pad", "NOTSET");
        Shape shape = read.shape();
        int[] zeros = read.zeros();
        if (spatial == 1 && (zeros[0] != 0 || zeros[1] != 0)) {
            throw node.fault("pads", "stand around lines as if they were planes; pad along the length only");
        }
        Window[] windows = new Window[2];
        windows[0] = new Window(shape.height(), 1, 1, 1, 0, 0);
        for (int d = 0; d < spatial; d++) {
            int axis = d + 2 - spatial;
            int extent = axis == 0 ? shape.height() : shape.width();
            if (kernel[d] < 1 || strides[d] < 1 || dilations[d] < 1) {
                throw node.fault(
                        "kernel_shape",
                        "is " + Arrays.toString(kernel) + " with strides "
                                + Arrays.toString(strides) + " and dilations " + Arrays.toString(dilations)
                                + "; all are 1 or more");
            }
            Window bare = new Window(extent, kernel[d], strides[d], dilations[d], zeros[2 * axis], zeros[2 * axis + 1]);
            Window padded = switch (automatic) {
                case "NOTSET", "" -> bare.padded(pads[d], pads[d + spatial]);
                case "VALID" -> bare;
                case "SAME_UPPER" -> bare.same(false);
                case "SAME_LOWER" -> bare.same(true);
                default ->
                    throw node.fault(
                            "auto_pad", "is '" + automatic + "'; give NOTSET, VALID, SAME_UPPER or SAME_LOWER");
            };
            if (padded.room() < 0) {
                throw node.fault(
                        "kernel_shape",
                        "is " + Arrays.toString(kernel) + ", which does not fit into " + read.text()
                                + "; check kernel, padding and dilation");
            }
            windows[axis] = padded;
        }
        return windows;
    }

    private Window padded(int before, int behind) {
        return new Window(extent, kernel, stride, dilation, begin + before, end + behind);
    }

    /** Padded so that there are {@code ceil(extent / stride)} windows; the odd zero goes to the end or to the beginning. */
    private Window same(boolean oddAtBegin) {
        int all = extent + begin + end;
        int wanted = (all + stride - 1) / stride;
        long total = Math.max(0, (wanted - 1L) * stride + span() - all);
        int half = (int) (total / 2);
        int rest = (int) (total - half);
        return oddAtBegin ? padded(rest, half) : padded(half, rest);
    }

    private long span() {
        return dilation * (kernel - 1L) + 1;
    }

    private long room() {
        return extent + (long) begin + end - span();
    }

    int count() {
        return (int) (room() / stride) + 1;
    }

    /** The same with the last window reaching beyond the padding, as {@code ceil_mode} wants it. */
    Window roundedUp() {
        long count = (room() + stride - 1) / stride + 1;
        if ((count - 1) * stride >= (long) extent + begin) {
            count--;
        }
        long reach = (count - 1) * stride + span() - extent - begin;
        return new Window(extent, kernel, stride, dilation, begin, (int) Math.max(end, reach));
    }

    /** Whether the padding before serves both ends. */
    boolean isEven() {
        return padded(0, begin - end).count() == count()
                && padded(0, begin - end).room() >= 0;
    }

    /** What whoever makes the file can do about a pool that is padded more at one side. */
    String remedy() {
        String extents = stride == 1
                ? "give the pool an odd window"
                : "let " + (extent - 1) + " or " + (extent + 1) + " values reach it along that dimension instead of "
                        + extent;
        return extents + ", or leave out its padding ('valid' in Keras, ceil_mode=False in PyTorch)";
    }

    /** Zeros that a kernel needs before its first value for the padding to be even. */
    int zerosBefore() {
        return isEven() || end <= begin ? 0 : (end - begin) / dilation;
    }

    /** Zeros that a kernel needs behind its last value for the padding to be even. */
    int zerosBehind() {
        return isEven() || end >= begin ? 0 : (begin - end) / dilation;
    }

    boolean canBeEven() {
        return isEven() || (end - begin) % dilation == 0;
    }

    /** The padding at both ends once the kernel has its zeros. */
    int padding() {
        return isEven() ? begin : Math.max(begin, end);
    }

    /** How many values of the window at a place lie within the extent and so much of the padding. */
    int counted(int place, int before, int behind) {
        int first = Math.max(-before, place * stride - begin);
        int last = Math.min(extent + behind, place * stride - begin + kernel);
        return last - first;
    }
}
