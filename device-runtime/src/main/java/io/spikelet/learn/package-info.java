/**
 * Learning on the board: OTTT (Xiao et al., Online Training Through Time, NeurIPS 2022) in integers.
 *
 * <pre>
 * Learner ─ per time step ─ PlasticLayer.trace  (presynaptic spikes, leaking)
 *    │                      OutputError         (softmax of population spikes minus the label)
 *    │                      Surrogate           (slope of the spike function at the membrane, a table)
 *    └──── per sample ───── PlasticLayer.update (shadow weights, stochastic rounding)
 * </pre>
 *
 * A learner reads and changes an engine; the engine knows nothing of it. Equations L1–L6 in docs/equations.md.
 */
package io.spikelet.learn;
