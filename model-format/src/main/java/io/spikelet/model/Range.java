package io.spikelet.model;

import java.util.Arrays;

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
        return of(domain.kind() == EdgeDomain.Kind.SIGNED ? -domain.maximum() : 0, domain.maximum());
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
        return Arrays.stream(lowest).min().orElseThrow();
    }

    /** The greatest value of any channel. */
    public long greatest() {
        return Arrays.stream(highest).max().orElseThrow();
    }

    /** Sums of so many values. */
    Range times(long count) {
        return new Range(
                Arrays.stream(lowest)
                        .map(value -> SaturatingLong.product(count, value))
                        .toArray(),
                Arrays.stream(highest)
                        .map(value -> SaturatingLong.product(count, value))
                        .toArray());
    }
}
