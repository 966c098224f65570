/**
 * A memristive crossbar: the circuit of its lines, and what its devices do to a number that is written into them.
 *
 * <pre>
 * conductances of the cells ── CrossbarCircuit ──▶ effective conductances, I = V · Geff, lines and all
 * </pre>
 */
package io.spikelet.hal.crossbar;
