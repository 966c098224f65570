package io.spikelet.engine.gather;

import io.spikelet.model.Operation;
import io.spikelet.model.Shape;
import java.util.stream.IntStream;

/**
 * A layer's weights by rows: one row for each input of the window, in the window's order, one column for each output.
 *
 * @param window where outputs look
 * @param outputs columns
 * @param weights (rows, outputs) −127..127
 * @param lowest (outputs) the lowest sum that inputs of the declared domain can reach
 * @param highest (outputs) the highest one
 */
record WeightRows(Window window, int outputs, byte[] weights, long[] lowest, long[] highest) {

    /**
     * A convolution with one group.
     *
     * @param maximum the largest absolute value of the source
     * @param signed whether its values may be negative
     */
    static WeightRows of(Operation.Conv2d conv, Shape from, Shape to, int maximum, boolean signed) {
        int taps = conv.kernelHeight() * conv.kernelWidth();
        byte[] rows = new byte[conv.weights().length];
        for (int o = 0; o < conv.outChannels(); o++) {
            for (int c = 0; c < conv.inChannels(); c++) {
                for (int ky = 0; ky < conv.kernelHeight(); ky++) {
                    for (int kx = 0; kx < conv.kernelWidth(); kx++) {
                        int row = (kx * conv.kernelHeight() + ky) * conv.inChannels() + c;
                        rows[row * conv.outChannels() + o] =
                                conv.weights()[(o * conv.inChannels() + c) * taps + ky * conv.kernelWidth() + kx];
                    }
                }
            }
        }
        return bounded(Window.of(conv, from, to), conv.outChannels(), rows, maximum, signed);
    }

    /** A dense layer reads its source channels first. */
    static WeightRows of(Operation.Dense dense, Shape from, int maximum, boolean signed) {
        byte[] rows = new byte[dense.weights().length];
        int area = from.area();
        for (int i = 0; i < dense.inputs(); i++) {
            int channel = i / area;
            int y = i % area / from.width();
            int x = i % from.width();
            int row = (x * from.height() + y) * from.channels() + channel;
            for (int o = 0; o < dense.outputs(); o++) {
                rows[row * dense.outputs() + o] = dense.weights()[o * dense.inputs() + i];
            }
        }
        return bounded(Window.whole(from), dense.outputs(), rows, maximum, signed);
    }

    private static WeightRows bounded(Window window, int outputs, byte[] weights, int maximum, boolean signed) {
        long[] lowest = new long[outputs];
        long[] highest = new long[outputs];
        for (int i = 0; i < weights.length; i++) {
            long worst = Math.abs((long) weights[i]) * maximum;
            if (weights[i] < 0 || signed) {
                lowest[i % outputs] -= worst;
            }
            if (weights[i] > 0 || signed) {
                highest[i % outputs] += worst;
            }
        }
        return new WeightRows(window, outputs, weights, lowest, highest);
    }

    /** The same layer with some outputs turned around: their weights and sums are negated. */
    WeightRows negated(boolean[] turned) {
        if (IntStream.range(0, outputs).noneMatch(o -> turned[o])) {
            return this;
        }
        byte[] changed = weights.clone();
        long[] low = lowest.clone();
        long[] high = highest.clone();
        for (int o = 0; o < outputs; o++) {
            if (turned[o]) {
                low[o] = -highest[o];
                high[o] = -lowest[o];
                for (int i = o; i < changed.length; i += outputs) {
                    changed[i] = (byte) -changed[i];
                }
            }
        }
        return new WeightRows(window, outputs, changed, low, high);
    }

    /**
     * Whether every sum of every output stays within 16 bits, so that no kernel has to widen on the way; also a threshold
     * one above the highest sum, which never fires.
     */
    boolean fitsShort() {
        for (int o = 0; o < outputs; o++) {
            if (lowest[o] <= -Short.MAX_VALUE || highest[o] >= Short.MAX_VALUE) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a sum less its threshold always stays within a balanced digit, {@code −half .. half − 1}.
     *
     * @param threshold (outputs), or null, of which nothing can be compared
     */
    boolean comparesWithin(long half, int[] threshold) {
        if (threshold == null) {
            return false;
        }
        for (int o = 0; o < outputs; o++) {
            boolean sumFits = lowest[o] >= -half && highest[o] < half;
            if (!sumFits || lowest[o] - threshold[o] < -half || highest[o] - threshold[o] >= half) {
                return false;
            }
        }
        return true;
    }

    /** Whether every weight is −1 or 1. */
    boolean isSigns() {
        for (byte weight : weights) {
            if (weight != 1 && weight != -1) {
                return false;
            }
        }
        return true;
    }

    /** The weight of a row, 0 for the outputs that pad the last tile. */
    int weight(int row, int output) {
        return output < outputs ? weights[row * outputs + output] : 0;
    }
}
