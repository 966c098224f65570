package io.spikelet.host.link;

/**
 * @param learned samples the board has learned in all
 * @param hits how many of the samples sent were classified correctly, each before it was learned
 */
public record LearnResult(long learned, int hits) {}
