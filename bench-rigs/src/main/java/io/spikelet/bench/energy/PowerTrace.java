package io.spikelet.bench.energy;

/**
 * A recording reduced for drawing: what lies in each piece of time is kept as its extremes and its mean.
 *
 * @param seconds (points) the middle of each piece, since the meter's start
 * @param least (points) W
 * @param mean (points) W
 * @param most (points) W
 */
public record PowerTrace(double[] seconds, double[] least, double[] mean, double[] most) {}
