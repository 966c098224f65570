/**
 * Adaptation to drift and to strangers, measured: {@code spikelet bench adapt}.
 *
 * <pre>
 * EmgCourses (EmgRecording)        ┐
 *                                  ├─▶ Course ─▶ CourseRun (Learner, ReplayMemory)  ─▶ Scores by Method ┐
 * DigitCourses (WavFile, zip)      ┘      └─────▶ PythonControls (adapt_controls.py) ─▶ Scores          ┴▶ AdaptResult
 *                                                                      AdaptTable, AdaptJson, AdaptReport, Claim ◀─┘
 * </pre>
 */
package io.spikelet.bench.adapt;
