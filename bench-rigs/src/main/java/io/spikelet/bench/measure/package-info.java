/**
 * How benchmarks measure: contenders take turns in one process, each turn is timed, medians are compared.
 *
 * <pre>
 * Contender (ours: EngineContender, LearningContender; peers elsewhere)
 *     │  InterleavedRounds: warm up, then rounds of one turn each
 *     ▼
 * Timing (µs of each round) ── Spread (quartiles), Ratio (of medians, bootstrap interval)
 * </pre>
 */
package io.spikelet.bench.measure;
