package io.spikelet.bench.crossbar;

/**
 * Chips of one kind under one subject.
 *
 * @param part of the benchmark
 * @param condition in words, a row of its table
 * @param setup of the crossbars, as presets and keys
 * @param subject what ran on them
 * @param chips what was lost
 */
record Trial(String part, String condition, String setup, Subject subject, Chips chips) {}
