/**
 * Fast twins of the weighted kernels: each output gathers the weight rows of its active inputs into accumulators that
 * stay in registers.
 *
 * <pre>
 * SpikeMap ──► RowLists ──► Tiles.fire (one step, stateless) ──► SpikeMap ──► OR pool
 *  bits, channels last       or Tiles.sum ──► Membranes.step ──►
 * </pre>
 *
 * For a row of outputs, {@code RowLists} lists the active inputs of its window column by column, so that each output's
 * inputs are one contiguous stretch of the list and its kernel one flat loop. {@code Tiles} adds the listed rows for
 * 16 to 64 outputs at a time; the plain, SWAR and vector twins differ only in how they lay weights out. They agree bit
 * for bit, since integer sums do not depend on order and the loader proved that none overflows.
 */
package io.spikelet.engine.gather;
