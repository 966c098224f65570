package io.spikelet.model;

/**
 * The least and the greatest value that each channel of a layer can take in the worst case, 0 among them. Values at the
 * ends of {@code long} stand for anything beyond.
 *
 * @param lowest (channels), or one value for all of them; 0 or less
 * @param highest (channels), or one value for all of them; 0 or more
 */
public record Range(long[] lowest, long[] highest) {

    /** The same for all channels. */
    static Range of(long lowest, long highest) {
        return new Range(new long[] {lowest}, new long[] {highest});
    }

    /** What a declared edge allows. */
    static Range of(EdgeDomain domain) {
        return of(domain.minimum(), domain.maximum());
    }

    /** Whether one value stands for all channels. */
    public boolean isUniform() {
        return lowest.length == 1;
    }

    public long lowest(int channel) {
        return lowest[isUniform() ? 0 : channel];
    }

    public long highest(int channel) {
        return highest[isUniform() ? 0 : channel];
    }

    /** The largest absolute value of one channel. */
    public long magnitude(int channel) {
        return Math.max(SaturatingLong.magnitude(lowest(channel)), highest(channel));
    }

    /** The largest absolute value of any channel. */
    public long magnitude() {
        return Math.max(SaturatingLong.magnitude(least()), greatest());
    }

    /** The least value of any channel. */
    public long least() {
        long least = lowest[0];
        for (long value : lowest) {
            least = Math.min(least, value);
        }
        return least;
    }

    /** The greatest value of any channel. */
    public long greatest() {
        long greatest = highest[0];
        for (long value : highest) {
            greatest = Math.max(greatest, value);
        }
        return greatest;
    }

    /** Sums of so many values. */
    Range times(long count) {
        return new Range(times(lowest, count), times(highest, count));
    }

    private static long[] times(long[] values, long count) {
        long[] products = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            products[i] = SaturatingLong.product(count, values[i]);
        }
        return products;
    }
}
