/**
 * From samples of a {@link io.spikelet.hal.meter.Meter} to micro-joules per inference with an interval: arithmetic on what was
 * recorded, no instrument and no file is touched here.
 *
 * <pre>
 *  SampleBlock … → PowerRecording ─┬─ EdgeCuts, MarkCuts or LoadStepCuts → WindowCuts ─┐
 *                                  │              BoardWindow (what the board told) ───┼→ EnergyMeasurement → EnergyResult
 *                                  └───────────────────── EnergyRules (limits) ────────┘        │
 *  two results a pair, in RandomisedPairs' order ───────────────────────────────────────→ PairedComparison
 * </pre>
 *
 * <p>The equations and what each finding means are in docs/energy.md.
 */
package io.spikelet.bench.energy;
