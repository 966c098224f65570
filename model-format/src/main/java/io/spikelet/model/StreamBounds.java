package io.spikelet.model;

/** Residual streams: the 64-bit sums inside and what they give, rounded. */
final class StreamBounds {
    /** What every sum inside stays below. */
    static final long SUM_LIMIT = 1L << 62;

    private StreamBounds() {}

    /** The largest absolute sum of any value at any step, before it is rounded. */
    static long sumMaximum(EdgeRanges ranges, Layer layer, CurrentAdd stream) {
        return new DriveBounds(ranges, layer, stream.drives())
                .maximum(ranges.network().timeSteps());
    }

    /** Rounding to nearest is monotonic, so the largest sum's rounding bounds all. */
    static Range output(EdgeRanges ranges, Layer layer, CurrentAdd stream) {
        long worst = rounded(sumMaximum(ranges, layer, stream), stream.shift());
        return Range.of(-worst, worst);
    }

    /** At least as large as the value rounded in any way to nearest. */
    private static long rounded(long value, int shift) {
        return shift == 0 ? value : (value >> shift) + (value >> shift - 1 & 1);
    }
}
