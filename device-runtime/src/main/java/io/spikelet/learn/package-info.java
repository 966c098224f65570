/**
 * Learning on the board, in integers.
 *
 * <pre>
 * Learner ─┬─ ChainPlasticity: OTTT on a chain of dense layers, fused
 *          │     per time step ─ PlasticLayer.record   (presynaptic traces, slopes of the Surrogate) ─▶ StepRecord
 *          │                     OutputError           (softmax of population spikes minus the label)
 *          │     per sample, or  PlasticLayer.passBack (errors in space)
 *          │     block of steps  PlasticLayer.update   (rows of weights meet their factors, rounded stochastically)
 *          ├─ GraphPlasticity: any rule over any wiring that GraphPlan finds a way back through
 *          │     per time step ─ PlasticNeurons        (slopes, errors, post factors, thresholds that learn)
 *          │                     ErrorPass             (through pools, joins, weights) or RandomFeedback
 *          │                     PlasticSynapses.step  (SynapseTrace, Eligibilities ─▶ one gradient a weight)
 *          │     per update ──── StepSizes ─▶ WeightChange: ShadowDescent or SignFlips
 *          │     per sample ──── ProxyPass             (rectified sums of the same weights)
 *          └─ CalibrationPlasticity: CalibratedLayer, thresholds that follow the HoyerExtremum of their membranes
 * </pre>
 *
 * A learner reads and changes an engine; the engine knows nothing of it. Equations L1–L17 in docs/equations.md.
 */
package io.spikelet.learn;
