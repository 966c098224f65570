package io.spikelet.host.convert;

/**
 * What a person chooses when a conventional network is converted.
 *
 * @param code what spikes say
 * @param steps T of {@link Code#RATE}; steps of the window of {@link Code#FIRST_SPIKE}, 1..255
 * @param thresholds the rule, or null to search for the percentile whose output is nearest to the conventional one's
 * @param pool what maximum pools become; not read where neurons spike once
 * @param dataFree whether thresholds come from images that the network makes up
 * @param seed of those images
 */
public record ConvertOptions(
        Code code, int steps, ThresholdRule thresholds, MaximumPool pool, boolean dataFree, long seed) {

    /** What spikes say. */
    public enum Code {
        /** Their number over T steps is a value. */
        RATE,
        /** The time of the only one is a value's logarithm. */
        FIRST_SPIKE
    }

    public ConvertOptions {
        if (steps < 1 || code == Code.FIRST_SPIKE && steps > 255) {
            throw new IllegalArgumentException(
                    "steps must be 1 or more, a window of single spikes 1 to 255: steps=" + steps);
        }
        if (thresholds == null && dataFree) {
            throw new IllegalArgumentException(
                    "a search asks what the network says to samples, and made-up images drive it"
                            + " harder than any; without data choose max or percentile:NUMBER");
        }
        if (thresholds == null && code == Code.FIRST_SPIKE) {
            throw new IllegalArgumentException("a search needs spikes that are counted; for single spikes choose max,"
                    + " percentile:NUMBER or clip");
        }
    }

    /** Counted spikes over T steps, loss-free pools, thresholds by a rule from real samples. */
    public static ConvertOptions rate(int steps, ThresholdRule thresholds) {
        return new ConvertOptions(Code.RATE, steps, thresholds, MaximumPool.LOSS_FREE, false, 1);
    }

    /** One spike a neuron. */
    public static ConvertOptions firstSpike(int window, ThresholdRule thresholds) {
        return new ConvertOptions(Code.FIRST_SPIKE, window, thresholds, MaximumPool.LOSS_FREE, false, 1);
    }

    public ConvertOptions withPool(MaximumPool chosen) {
        return new ConvertOptions(code, steps, thresholds, chosen, dataFree, seed);
    }

    public ConvertOptions withoutData() {
        return new ConvertOptions(code, steps, thresholds, pool, true, seed);
    }

    public ConvertOptions withThresholds(ThresholdRule chosen) {
        return new ConvertOptions(code, steps, chosen, pool, dataFree, seed);
    }
}
