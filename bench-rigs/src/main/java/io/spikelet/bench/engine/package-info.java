/**
 * {@code spikelet bench engine}: the engine alone, kernels and whole networks, with JMH underneath.
 *
 * <pre>
 * EngineCommand ─ PreparedWorkload ─▶ file ─▶ EngineRun (JMH) ─ fork with flags ─ InferenceBenchmark
 *                                                  │
 *                                                  ▼
 *                                            EngineCell ─▶ EngineTable, EngineJson, EngineReport
 * </pre>
 *
 * <p>JMH forks a JVM for every figure, so that flags are known and no other workload has shaped the compiled code; with
 * {@code --forks 0} it measures within this process, quicker and less trustworthy.
 */
package io.spikelet.bench.engine;
