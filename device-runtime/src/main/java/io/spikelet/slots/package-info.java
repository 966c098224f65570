/**
 * The two slots of a board and the one small record that says what is in them (docs/board.md).
 *
 * <pre>
 * upload: begin → append … → whole file checked ─┐
 *                                                ▼
 *   slot 0, active  ◄── boot swaps ──►  slot 1, staged ── test / permanent
 *        │ confirm
 *        ▼
 *   security counter raised
 * </pre>
 *
 * Every arrow is one atomic write of {@code slots.rec}; image files are written before the record names them and
 * removed after it has forgotten them.
 */
package io.spikelet.slots;
