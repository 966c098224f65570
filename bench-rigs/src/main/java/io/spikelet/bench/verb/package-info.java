/** {@code spikelet bench}: the verb under which the benchmarks stand. */
package io.spikelet.bench.verb;
