package io.spikelet.hal.coprocessor;

/**
 * What is known of a device between samples.
 *
 * @param answers whether its last exchange came to an end
 * @param canaries whether what was written to be looked at later is still there
 * @param lostEvents that the device could not take since it was programmed
 * @param ageSeconds since it was programmed, by the device's own clock where it has one; what drifts, drifts by it
 * @param recoveries how often it was reset and programmed again
 */
public record Health(boolean answers, boolean canaries, long lostEvents, double ageSeconds, int recoveries) {}
