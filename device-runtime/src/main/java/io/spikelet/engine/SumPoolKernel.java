package io.spikelet.engine;

import io.spikelet.model.Pool2d;
import io.spikelet.model.Shape;

/** The sum over each window, event-driven; or its average, rounded half up (docs/equations.md, P1 and P2). */
final class SumPoolKernel implements Kernel {
    private final Pool2d pool;
    private final Shape from;
    private final Shape to;
    private final Activity source;
    private final Activity target;

    /** Whether the source comes without a list of who is active, as a linear layer's sums do. */
    private final boolean unlisted;

    SumPoolKernel(Pool2d pool, Shape from, Shape to, Activity source, Activity target, boolean unlisted) {
        this.pool = pool;
        this.from = from;
        this.to = to;
        this.source = source;
        this.target = target;
        this.unlisted = unlisted;
    }

    @Override
    public void step(int t) {
        if (unlisted) {
            source.index();
        }
        java.util.Arrays.fill(target.value, 0);
        for (int k = 0; k < source.activeCount; k++) {
            int i = source.active[k];
            int channel = i / from.area();
            int y = i % from.area() / from.width();
            int x = i % from.width();
            scatter(channel * to.area(), y + pool.paddingY(), x + pool.paddingX(), source.value[i]);
        }
        if (pool.kind() == Pool2d.Kind.AVERAGE) {
            divide();
        }
        target.index();
    }

    /** {@code floor((2·sum + n) / 2n)}, n values in a window, padding included. */
    private void divide() {
        int[] sum = target.value;
        long n = pool.windowSize();
        for (int i = 0; i < sum.length; i++) {
            sum[i] = (int) Math.floorDiv(2L * sum[i] + n, 2 * n);
        }
    }

    private void scatter(int plane, int y, int x, int value) {
        for (int ky = 0; ky < pool.kernelHeight() && ky <= y; ky++) {
            int outY = (y - ky) / pool.strideY();
            if (outY * pool.strideY() != y - ky || outY >= to.height()) {
                continue;
            }
            for (int kx = 0; kx < pool.kernelWidth() && kx <= x; kx++) {
                int outX = (x - kx) / pool.strideX();
                if (outX * pool.strideX() == x - kx && outX < to.width()) {
                    target.value[plane + outY * to.width() + outX] += value;
                }
            }
        }
    }

    @Override
    public void reset() {
        target.clear();
    }

    /** Pooling adds no weights, so by NeuroBench's definition it does no synaptic operation. */
    @Override
    public long operations() {
        return 0;
    }
}
