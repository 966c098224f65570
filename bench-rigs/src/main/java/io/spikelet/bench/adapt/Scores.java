package io.spikelet.bench.adapt;

/**
 * What one method answered in one course, as shares of 1.
 *
 * @param method in words
 * @param before held-out vectors, right before the first stage
 * @param after the same, after the last stage
 * @param stages right at each stage
 */
record Scores(String method, double before, double after, double[] stages) {}
