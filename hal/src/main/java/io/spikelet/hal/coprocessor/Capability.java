package io.spikelet.hal.coprocessor;

/**
 * The limits of a device.
 *
 * @param inputs rows or presynaptic neurons at most
 * @param outputs columns or neurons at most
 * @param leastWeight the lowest weight code
 * @param mostWeight the highest weight code
 * @param mostInput the largest input value of a step; 1 where only spikes go in
 */
public record Capability(int inputs, int outputs, int leastWeight, int mostWeight, int mostInput) {}
