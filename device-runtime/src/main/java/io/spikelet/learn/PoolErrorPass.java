package io.spikelet.learn;

import io.spikelet.model.Pool2d;
import io.spikelet.model.Shape;

/**
 * Of a sum the error goes to all of a window, of an average to each its share, of a maximum or minimum to the first of the
 * window that has it, row by row (equation L8).
 */
final class PoolErrorPass implements ErrorPass {
    private final Pool2d pool;
    private final Shape source;
    private final Shape target;
    private final long[] from;
    private final long[] to;
    private final int[] values;

    /** @param values (size) of the source at this step */
    PoolErrorPass(Pool2d pool, Shape source, Shape target, long[] from, long[] to, int[] values) {
        this.pool = pool;
        this.source = source;
        this.target = target;
        this.from = from;
        this.to = to;
        this.values = values;
    }

    @Override
    public void pass() {
        int o = 0;
        for (int c = 0; c < target.channels(); c++) {
            for (int y = 0; y < target.height(); y++) {
                for (int x = 0; x < target.width(); x++) {
                    long error = from[o++];
                    if (error != 0) {
                        window(c, y * pool.strideY() - pool.paddingY(), x * pool.strideX() - pool.paddingX(), error);
                    }
                }
            }
        }
    }

    private void window(int channel, int top, int left, long error) {
        boolean sums = pool.kind() == Pool2d.Kind.SUM || pool.kind() == Pool2d.Kind.AVERAGE;
        boolean largest = pool.kind() == Pool2d.Kind.MAX;
        int size = pool.windowSize();
        long share = pool.kind() == Pool2d.Kind.AVERAGE ? Math.floorDiv(2 * error + size, 2L * size) : error;
        int bottom = Math.min(top + pool.kernelHeight(), source.height());
        int right = Math.min(left + pool.kernelWidth(), source.width());
        int found = -1;
        for (int y = Math.max(top, 0); y < bottom; y++) {
            for (int x = Math.max(left, 0); x < right; x++) {
                int i = (channel * source.height() + y) * source.width() + x;
                if (sums) {
                    to[i] += share;
                } else if (found < 0 || (largest ? values[i] > values[found] : values[i] < values[found])) {
                    found = i;
                }
            }
        }
        if (!sums) {
            to[found] += error;
        }
    }
}
