/**
 * {@code spikelet bench learner}: one learning step of the board beside OTTT in PyTorch.
 *
 * <pre>
 * LearnerCommand ── rounds of turns ── LearningContender (vectors, plain Java), TorchSteps (a Python process) ── ratios
 * </pre>
 */
package io.spikelet.bench.learner;
