package io.spikelet.host.link;

import java.io.IOException;

/**
 * How a board's adaptation stands; accuracies in 1/10000, −1 until they were taken.
 *
 * @param taken samples since the flash or the reset of learning
 * @param refused inputs of a stuck sensor
 * @param candidateSamples that shaped the candidate
 * @param servedSamples that shaped the served model
 * @param guardAccuracy of the served model on the guard set
 * @param imageAccuracy of the image's own weights on it
 * @param atRisk samples that a power cut would lose now
 */
public record AdaptationStatus(
        long taken,
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
        boolean drifting,
        long guardSamples,
        long replaySamples,
        long guardAccuracy,
        long imageAccuracy,
        long atRisk) {

    static AdaptationStatus of(SmpReply reply) throws IOException {
        return new AdaptationStatus(
                reply.integer("taken"),
                reply.integer("self"),
                reply.integer("right"),
                reply.integer("wrong"),
                reply.integer("refused"),
                reply.integer("candidate"),
                reply.integer("served"),
                reply.integer("promoted"),
                reply.integer("rolledback"),
                reply.integer("held"),
                reply.integer("drifts"),
                reply.flag("drifting", false),
                reply.integer("guard"),
                reply.integer("replay"),
                reply.integer("guardacc"),
                reply.integer("imageacc"),
                reply.integer("risk"));
    }
}
