/**
 * The integer engine: the same code predicts on the host and serves on the board.
 *
 * <pre>
 * bytes ── Classifier ── Engine.step ── StepEncoder ── Activity (values + who is active) ── kernels, in layer order
 *              │                                            ▲
 *              ▼                                            │ NeuronKernel keeps membrane, current, fired
 *          Inference (ScoreKeeper, ExitRule, output spikes, costs)
 * </pre>
 *
 * {@code ReferenceKernels} has one plain kernel for each operation, written to be read; it defines the result. Checks and
 * allocations happen in {@code load}; {@code step} does neither. Work is proportional to spikes.
 */
package io.spikelet.engine;
