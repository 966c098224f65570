/**
 * Does the interval hold what it promises? Runs of a board whose energy is known, seen through a meter whose errors are drawn within its
 * promise, cut and combined as real ones; and the same with faults, each of which must be told.
 */
package io.spikelet.bench.energy.coverage;
