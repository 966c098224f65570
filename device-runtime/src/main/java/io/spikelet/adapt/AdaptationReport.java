package io.spikelet.adapt;

/**
 * How adaptation stands.
 *
 * @param taken samples since the flash or the reset of learning
 * @param labelled of them with a label, since the image became active
 * @param selfLabelled whose own answer served as the label
 * @param rewardedRight answers told to be right
 * @param rewardedWrong answers told to be wrong
 * @param refused inputs of a stuck sensor
 * @param candidateSamples samples that shaped the candidate
 * @param servedSamples samples that shaped the served model
 * @param promotions how often a candidate took over
 * @param rollbacks how often one was taken back
 * @param held evaluations in which one was worse on recent labels
 * @param drifts alarms
 * @param isDrifting whether the last one still stands
 * @param guardSamples in the guard set
 * @param replaySamples in the replay memory
 * @param imageAccuracy of the image's own weights on the guard set, in 1/10000; −1 until it was taken
 * @param servedAccuracy of the served model, likewise
 * @param events of all kinds
 */
public record AdaptationReport(
        long taken,
        long labelled,
        long selfLabelled,
        long rewardedRight,
        long rewardedWrong,
        long refused,
        long candidateSamples,
        long servedSamples,
        long promotions,
        long rollbacks,
        long held,
        long drifts,
        boolean isDrifting,
        int guardSamples,
        int replaySamples,
        int imageAccuracy,
        int servedAccuracy,
        long events) {}
