/**
 * A memristive crossbar, simulated: the circuit of its lines, what its devices do to a number that is written into them, and
 * what a host does about it.
 *
 * <pre>
 *            WeightMapping            TileWriter                    CrossbarCircuit
 * codes ───────────────────▶ levels ─────────────▶ conductances ───────────────────▶ effective conductances
 *                            of tiles               (CellArray: written, stuck,      │ a step: V · Geff + noise
 *                                                    drifting, worn)                 ▼
 * sums in weight LSBs ◀── gain · code + offset (TileCalibration) ◀── Adc ◀── currents of columns
 * </pre>
 *
 * {@link io.spikelet.hal.crossbar.Crossbar} is the device; docs/crossbar.md has the equations and their sources.
 */
package io.spikelet.hal.crossbar;
