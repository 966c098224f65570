package io.spikelet.host.fleet.store;

/**
 * Readings of one metric that lie close together.
 *
 * @param time ms since 1970, the first of them
 * @param mean of the readings
 * @param least of them
 * @param most of them
 * @param readings how many
 */
public record HistoryPoint(long time, double mean, double least, double most, long readings) {}
