package io.spikelet.engine.gather;

import io.spikelet.model.Operation;
import io.spikelet.model.Shape;

/**
 * What fast kernels are laid out for. An image of a few bytes can ask for a window as high as its input, whose lists would
 * hold every input once for each output line; beyond these limits a layer stays on its plain kernel, which needs no more
 * memory than the layer's values.
 */
public final class GatherLimits {
    /** Spike maps that one layer may add up. */
    public static final int MOST_MAPS = 16;

    /** Entries of a layer's lists: 32 MiB. */
    private static final long MOST_ENTRIES = 1L << 23;

    /** Weights with the padding of a tile: four bytes each at most, so 64 MiB; an image has 16 MiB. */
    private static final long MOST_WEIGHTS = 1L << 24;

    private static final int PADDED_OUTPUTS = 64;

    private GatherLimits() {}

    /**
     * Whether a layer's lists and weights stay within the limits.
     *
     * @param weighted a dense layer or a convolution
     * @param maps that its source adds up, 1 or more
     */
    public static boolean hold(Operation weighted, Shape from, Shape to, int maps) {
        Window window = weighted instanceof Operation.Conv2d conv ? Window.of(conv, from, to) : Window.whole(from);
        long rows = (long) window.kernelWidth() * window.kernelHeight() * from.channels();
        long outputs = (long) (to.channels() + PADDED_OUTPUTS - 1) / PADDED_OUTPUTS * PADDED_OUTPUTS;
        return window.entries() <= MOST_ENTRIES / maps && rows <= MOST_WEIGHTS / outputs;
    }
}
