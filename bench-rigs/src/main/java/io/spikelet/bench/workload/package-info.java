/**
 * The networks that benchmarks run: shapes of docs and papers, random int8 weights, thresholds set so that every
 * weighted layer is fed at a stated density of spikes.
 *
 * <pre>
 * Workload (W1..W5, K1..K3) ── NetworkSketch ──▶ network without thresholds
 *                                                    │  DensityCalibration, on sample inputs of the density
 *                                                    ▼
 *                                          PreparedWorkload (network, inputs, densities as measured)
 * </pre>
 */
package io.spikelet.bench.workload;
