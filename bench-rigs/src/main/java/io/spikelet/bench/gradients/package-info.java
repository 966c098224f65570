/**
 * Weight updates of the board's integers beside the same rule in double: {@code spikelet bench gradients}.
 *
 * <pre>
 * GradientsCommand ── GradientNetwork (dense, convolutional, recurrent; random weights) ──▶ GradientRun ──▶ LayerCosine
 *                                                                              ├─ Learner (integers)
 *                                                                              └─ DoubleRule (written from the equations)
 * </pre>
 */
package io.spikelet.bench.gradients;
