/**
 * {@code spikelet rig}: the laboratory bench. It drives any device under test that answers the MLPerf Tiny commands on a
 * serial line, through accuracy, performance and energy, and keeps what came of it in a folder that can be compared later.
 *
 * <p>The way of a run: {@link io.spikelet.bench.rig.DutAddress} opens a {@link io.spikelet.bench.rig.DutLine}, on which
 * {@link io.spikelet.bench.rig.Dut} speaks the commands; a phase each makes one part of the {@link
 * io.spikelet.bench.rig.RunResult}, and {@link io.spikelet.bench.rig.ResultsFolder} keeps it.
 */
package io.spikelet.bench.rig;
