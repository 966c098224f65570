/**
 * The integer engine: the same code predicts on the host and serves on the board.
 *
 * <pre>
 * bytes ── Classifier ── Engine.step ── Activity (values + who is active) ── kernels, in layer order
 *              │                                   ▲
 *              ▼                                   │ NeuronKernel keeps membrane, current, fired
 *          Inference (scores, output spikes, costs)
 * </pre>
 *
 * Checks and allocations happen in {@code load}; {@code step} does neither. Work is proportional to spikes.
 */
package io.spikelet.engine;
