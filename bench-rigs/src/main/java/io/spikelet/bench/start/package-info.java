/**
 * {@code spikelet bench start}: fresh JVMs, from the start of the process to the first result.
 *
 * <pre>
 * StartCommand ─ StartPlan (images, class paths, caches) ─▶ Starter, one each way of starting
 *                                                              │ repeats in rounds: StartTrial
 *                                                              ▼
 *                                                         StartRow ─▶ StartTable, StartJson
 * </pre>
 */
package io.spikelet.bench.start;
