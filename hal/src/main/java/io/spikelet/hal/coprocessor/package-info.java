/**
 * A device that a layer of weights can move to: the port, its failures, and what it tells of itself.
 *
 * <pre>
 * capability ─▶ plan (or why not) ─▶ program ─▶ verify ─▶ calibrate ─▶ step, step, … ─▶ counters, health
 * </pre>
 *
 * Two kinds cover crossbars and chips: of CURRENT the host integrates and fires, of SPIKE the device does. A device never
 * computes something else than asked in silence: what it cannot do is a reason in the plan, what it fails at is a {@link
 * io.spikelet.hal.coprocessor.CoProcessorException}.
 */
package io.spikelet.hal.coprocessor;
