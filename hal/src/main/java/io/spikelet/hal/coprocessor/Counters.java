package io.spikelet.hal.coprocessor;

/**
 * What a device did since it was programmed.
 *
 * @param steps calls of {@link CoProcessor#step}: time steps of a dense layer, windows of a convolution
 * @param inputEvents input values other than 0
 * @param outputEvents spikes that it gave; 0 for kind CURRENT
 * @param operations synaptic operations
 * @param writePulses of programming and learning
 * @param joules modelled, of writing and of reading; NaN where no model is known
 */
public record Counters(
        long steps, long inputEvents, long outputEvents, long operations, long writePulses, double joules) {}
