package io.spikelet.bench.adapt;

/**
 * A change that a board meets: what it is told of it, and what it is asked.
 *
 * @param name such as {@code day 2}
 * @param group under which results are averaged
 * @param learned vectors with labels; none where only a question is asked
 * @param tested vectors
 */
record Stage(String name, String group, int[] learned, int[] tested) {}
