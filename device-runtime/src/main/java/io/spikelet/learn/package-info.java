/**
 * Learning on the board: OTTT (Xiao et al., Online Training Through Time, NeurIPS 2022) in integers.
 *
 * <pre>
 * Learner ─ per time step ─ PlasticLayer.record   (presynaptic traces, slopes of the Surrogate) ─▶ StepRecord
 *    │                      OutputError           (softmax of population spikes minus the label)
 *    └─ per sample, or ──── PlasticLayer.passBack (errors in space)
 *       block of steps      PlasticLayer.update   (rows of weights meet their factors, rounded stochastically)
 * </pre>
 *
 * A learner reads and changes an engine; the engine knows nothing of it. Equations L1–L6 in docs/equations.md.
 */
package io.spikelet.learn;
