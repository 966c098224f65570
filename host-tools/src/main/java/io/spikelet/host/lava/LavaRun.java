package io.spikelet.host.lava;

import io.spikelet.model.Encoder;

/**
 * What a {@code .net} file does not say.
 *
 * @param name the network's name on the board
 * @param timeSteps T, steps of one inference, 1 or more
 * @param encoder how the bytes of a sample, 0 or 1, become input spikes
 * @param classes how many classes the outputs speak for, as many each; 0 for one each, or what an average block says
 * @param securityCounter anti-rollback, 0 or more
 */
public record LavaRun(String name, int timeSteps, Encoder encoder, int classes, long securityCounter) {}
