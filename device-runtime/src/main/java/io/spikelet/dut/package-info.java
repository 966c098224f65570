/**
 * The board as a device under test: it answers the commands of the MLPerf Tiny (EEMBC) runner that come as text on its
 * serial line, beside SMP's frames (docs/dut.md).
 *
 * <pre>
 *  text of the line ── DutConsole ── replies
 *                          │ begins            a link's thread above, the thread that owns the model below
 *                      SlicedWork ── DutSubject (one inference) ── Laps (what time it is, or an edge of a pin)
 * </pre>
 */
package io.spikelet.dut;
