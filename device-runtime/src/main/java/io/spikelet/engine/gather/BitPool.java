package io.spikelet.engine.gather;

import io.spikelet.model.Pool2d;

/** A maximum or minimum of bits, word by word: OR, or AND of what lies within the map. */
public final class BitPool {
    private final Pool2d pool;
    private final SpikeMap from;
    private final SpikeMap to;

    public BitPool(Pool2d pool, SpikeMap from, SpikeMap to) {
        this.pool = pool;
        this.from = from;
        this.to = to;
    }

    /** Writes what every window gives. */
    public void pool() {
        boolean isMaximum = pool.kind() == Pool2d.Kind.MAX;
        int words = to.wordsPerPixel;
        for (int y = 0; y < to.height; y++) {
            int top = Math.max(0, y * pool.strideY() - pool.paddingY());
            int bottom = Math.min(from.height, y * pool.strideY() - pool.paddingY() + pool.kernelHeight());
            for (int x = 0; x < to.width; x++) {
                int left = Math.max(0, x * pool.strideX() - pool.paddingX());
                int right = Math.min(from.width, x * pool.strideX() - pool.paddingX() + pool.kernelWidth());
                for (int k = 0; k < words; k++) {
                    long word = isMaximum ? 0 : -1;
                    for (int line = top; line < bottom; line++) {
                        for (int column = left; column < right; column++) {
                            long found = from.words[(line * from.width + column) * words + k];
                            word = isMaximum ? word | found : word & found;
                        }
                    }
                    to.words[(y * to.width + x) * words + k] = word;
                }
            }
        }
    }
}
