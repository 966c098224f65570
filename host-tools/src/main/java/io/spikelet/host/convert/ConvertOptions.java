package io.spikelet.host.convert;

import java.util.Optional;

/**
 * What a person chooses when a conventional network is converted.
 *
 * @param code what spikes say
 * @param steps T of {@link Code#RATE}; steps of the window of {@link Code#FIRST_SPIKE}, 1..255
 * @param thresholds the rule, or null to search for the percentile whose output is nearest to the conventional one's
 * @param pool what maximum pools become; not read where neurons spike once
 * @param dataFree whether thresholds come from images that the network makes up
 * @param seed of those images
 * @param reset what a spike does to the membrane; not read where neurons spike once
 * @param bursts of neurons whose spikes are counted; empty where they fire once a step
 */
public record ConvertOptions(
        Code code,
        int steps,
        ThresholdRule thresholds,
        MaximumPool pool,
        boolean dataFree,
        long seed,
        Reset reset,
        Optional<BurstNeurons> bursts) {

    /** What a spike does to the membrane. */
    public enum Reset {
        /** Takes the threshold off, so that what is above it counts later. */
        SOFT,
        /** Sets it to 0, as networks such as SNN2ANN's are trained (arXiv 2206.09449); what is above the threshold is lost. */
        HARD
    }

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
        if (reset == Reset.HARD && code == Code.FIRST_SPIKE) {
            throw new IllegalArgumentException(
                    "a neuron of one spike has no reset; choose hard only where spikes are counted");
        }
        if (thresholds == null && code == Code.FIRST_SPIKE) {
            throw new IllegalArgumentException("a search needs spikes that are counted; for single spikes choose max,"
                    + " percentile:NUMBER or clip");
        }
        if (bursts.isPresent() && code == Code.FIRST_SPIKE) {
            throw new IllegalArgumentException("neurons that fire once give no bursts and take nothing back; for bursts"
                    + " count spikes, with --code rate");
        }
        if (bursts.isPresent() && reset == Reset.HARD) {
            throw new IllegalArgumentException("neurons that fire several times a step take a threshold off for each;"
                    + " leave --reset hard out");
        }
        if (bursts.flatMap(BurstNeurons::calibration).isPresent() && pool == MaximumPool.OR) {
            throw new IllegalArgumentException("a pool that keeps a maximum of each step cannot take spikes that are"
                    + " taken back; take --pool loss-free, or leave --spike-calibration out");
        }
    }

    /** Neurons that fire once a step. */
    public ConvertOptions(
            Code code, int steps, ThresholdRule thresholds, MaximumPool pool, boolean dataFree, long seed) {
        this(code, steps, thresholds, pool, dataFree, seed, Reset.SOFT, Optional.empty());
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
        return new ConvertOptions(code, steps, thresholds, chosen, dataFree, seed, reset, bursts);
    }

    public ConvertOptions withoutData() {
        return new ConvertOptions(code, steps, thresholds, pool, true, seed, reset, bursts);
    }

    public ConvertOptions withThresholds(ThresholdRule chosen) {
        return new ConvertOptions(code, steps, chosen, pool, dataFree, seed, reset, bursts);
    }

    public ConvertOptions withBursts(BurstNeurons chosen) {
        return new ConvertOptions(code, steps, thresholds, pool, dataFree, seed, reset, Optional.of(chosen));
    }

    public ConvertOptions withReset(Reset chosen) {
        return new ConvertOptions(code, steps, thresholds, pool, dataFree, seed, chosen, bursts);
    }
}
