package io.spikelet.engine;

import io.spikelet.model.Pool2d;
import io.spikelet.model.Shape;

/**
 * The windows of a pool whose padding does not count: at each output the largest or smallest value of its window
 * (docs/equations.md, P3).
 */
record PoolWindows(Pool2d pool, Shape from, Shape to) {

    /** Writes every window's largest value. */
    void largest(int[] in, int[] out) {
        fold(in, out, true);
    }

    /** Writes every window's smallest value. */
    void smallest(int[] in, int[] out) {
        fold(in, out, false);
    }

    private void fold(int[] in, int[] out, boolean largest) {
        int o = 0;
        for (int c = 0; c < to.channels(); c++) {
            for (int y = 0; y < to.height(); y++) {
                int top = y * pool.strideY() - pool.paddingY();
                for (int x = 0; x < to.width(); x++) {
                    int left = x * pool.strideX() - pool.paddingX();
                    out[o++] = extreme(in, c * from.area(), top, left, largest);
                }
            }
        }
    }

    /** Padding is smaller than a window, so at least one value is within. */
    private int extreme(int[] in, int plane, int top, int left, boolean largest) {
        int bottom = Math.min(top + pool.kernelHeight(), from.height());
        int right = Math.min(left + pool.kernelWidth(), from.width());
        int found = largest ? Integer.MIN_VALUE : Integer.MAX_VALUE;
        for (int y = Math.max(top, 0); y < bottom; y++) {
            for (int x = Math.max(left, 0); x < right; x++) {
                int value = in[plane + y * from.width() + x];
                found = largest ? Math.max(found, value) : Math.min(found, value);
            }
        }
        return found;
    }
}
