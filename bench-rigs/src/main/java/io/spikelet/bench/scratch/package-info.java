/**
 * Learning from scratch with the board's integers: {@code spikelet bench scratch}.
 *
 * <pre>
 * ScratchCommand ── ScratchNetwork (random weights, all layers learn) ──▶ ScratchRun (Learner over samples, then test)
 *                └─ FloatPeer (the same rule, network and order of samples in PyTorch), where Python has it
 * </pre>
 */
package io.spikelet.bench.scratch;
