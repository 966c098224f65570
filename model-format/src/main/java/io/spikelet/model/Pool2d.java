package io.spikelet.model;

/**
 * What one window of each channel gives. Zero padding counts as zeros in sums and not at all in a maximum or minimum.
 * A global pool is one whose window is the whole extent.
 *
 * @param kind what the window gives
 * @param kernelHeight rows of the window
 * @param kernelWidth columns of the window
 * @param strideY vertical stride
 * @param strideX horizontal stride
 * @param paddingY rows added above and below
 * @param paddingX columns added left and right
 */
public record Pool2d(Kind kind, int kernelHeight, int kernelWidth, int strideY, int strideX, int paddingY, int paddingX)
        implements Operation {

    /** What a window gives. */
    public enum Kind {
        /** The sum; an average whose divisor is folded into the scale behind it. */
        SUM,
        /** The sum divided by the window's size, rounded half up: {@code floor((2·sum + n) / 2n)}, n with padding. */
        AVERAGE,
        /** The largest: OR of bits, the strongest of currents. */
        MAX,
        /** The smallest: AND of bits, the earliest of spike times. */
        MIN,
        /**
         * LIPool (SpiCalib, arXiv 2207.02702): {@code largest window count so far − what was given so far}, so that the
         * sum over time is the largest input's sum, also with overlapping windows and negative spikes.
         */
        LOSS_FREE
    }

    public Pool2d {
        Requirement.that(kernelHeight > 0 && kernelWidth > 0, "a window has rows and columns");
        Requirement.that(strideY > 0 && strideX > 0, "strides are 1 or more");
        Requirement.that(paddingY >= 0 && paddingX >= 0, "padding is 0 or more");
        Requirement.that(paddingY < kernelHeight && paddingX < kernelWidth, "padding is smaller than the window");
    }

    /** A sum pool. */
    public static Pool2d sum(int kernelHeight, int kernelWidth, int strideY, int strideX, int paddingY, int paddingX) {
        return new Pool2d(Kind.SUM, kernelHeight, kernelWidth, strideY, strideX, paddingY, paddingX);
    }

    /** An OR of spikes or a maximum of currents over square windows that do not overlap. */
    public static Pool2d max(int window) {
        return new Pool2d(Kind.MAX, window, window, window, window, 0, 0);
    }

    /** Values in one window. */
    public int windowSize() {
        return kernelHeight * kernelWidth;
    }
}
