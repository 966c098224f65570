package io.spikelet.bench.start;

/**
 * One start.
 *
 * @param result the class that it answered
 * @param millis from before the process was asked for to the first line of its output
 * @param peakKibibytes resident at most; −1 where it cannot be told
 */
record StartTrial(String result, double millis, long peakKibibytes) {}
