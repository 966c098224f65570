package io.spikelet.engine.gather;

import io.spikelet.model.Operation;
import io.spikelet.model.Shape;

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
    /** With fewer outputs, sums in registers take less time than rows that are added whole. */
    private static final int FEWEST_FUSED = 128;

    /**
     * A convolution with one group.
     *
     * @param maximum the largest absolute value of the source
     * @param signed whether its values may be negative
     */
    static WeightRows of(Operation.Conv2d conv, Shape from, Shape to, int maximum, boolean signed) {
        int[] row = new int[conv.inChannels() * conv.kernelHeight() * conv.kernelWidth()];
        int i = 0;
        for (int c = 0; c < conv.inChannels(); c++) {
            for (int ky = 0; ky < conv.kernelHeight(); ky++) {
                for (int kx = 0; kx < conv.kernelWidth(); kx++) {
                    row[i++] = (kx * conv.kernelHeight() + ky) * conv.inChannels() + c;
                }
            }
        }
        return bounded(Window.of(conv, from, to), laid(conv.weights(), row), conv.outChannels(), maximum, signed);
    }

    /** A dense layer reads its source channels first. */
    static WeightRows of(Operation.Dense dense, Shape from, int maximum, boolean signed) {
        int[] row = new int[dense.inputs()];
        int area = from.area();
        for (int i = 0; i < row.length; i++) {
            int channel = i / area;
            int y = i % area / from.width();
            int x = i % from.width();
            row[i] = (x * from.height() + y) * from.channels() + channel;
        }
        return bounded(Window.whole(from), laid(dense.weights(), row), dense.outputs(), maximum, signed);
    }

    /**
     * Turns weights around.
     *
     * @param weights (outputs, inputs)
     * @param row (inputs) the row of each input
     * @return (rows, outputs)
     */
    private static byte[] laid(byte[] weights, int[] row) {
        byte[] rows = new byte[weights.length];
        int outputs = weights.length / row.length;
        int next = 0;
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < row.length; i++) {
                rows[row[i] * outputs + o] = weights[next++];
            }
        }
        return rows;
    }

    private static WeightRows bounded(Window window, byte[] weights, int outputs, int maximum, boolean signed) {
        long[] lowest = new long[outputs];
        long[] highest = new long[outputs];
        int i = 0;
        while (i < weights.length) {
            for (int o = 0; o < outputs; o++) {
                int weight = weights[i++];
                lowest[o] += weight & weight >> 31;
                highest[o] += weight & ~(weight >> 31);
            }
        }
        for (int o = 0; o < outputs; o++) {
            long least = signed ? lowest[o] - highest[o] : lowest[o];
            highest[o] = (signed ? -least : highest[o]) * maximum;
            lowest[o] = least * maximum;
        }
        return new WeightRows(window, outputs, weights, lowest, highest);
    }

    /** The same layer with some outputs turned around: their weights and sums are negated. */
    WeightRows negated(boolean[] turned) {
        boolean any = false;
        for (boolean one : turned) {
            any |= one;
        }
        if (!any) {
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

    /** Whether kernels that add whole rows at once serve: one position, outputs enough, sums that fit 16 bits. */
    boolean fuses() {
        return window.positions() == 1 && outputs >= FEWEST_FUSED && fitsShort();
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
